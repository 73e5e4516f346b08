import type { RelayReport } from '#core/relays/relay.queries'
import { Relay } from '#core/relays/relay.model'
import { kith } from '#test/support/cli'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let stub: StubServer
let inbox: string
beforeEach(async () => {
  stub = await startStub()
  inbox = `${stub.origin}/inbox`
})
afterEach(() => stub.stop())

const all = () => settle({ except: ['schedule'] })
const listed = async (): Promise<RelayReport[]> => JSON.parse((await kith('relays', 'list', '--json')).out)

test('relays-01: relays add asks a relay by its inbox, and relays list tells what became of it', async () => {
  const { code, out } = await kith('relays', 'add', inbox)
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`${inbox} is asked`) })
  await all()
  expect(stub.arrivals.map(({ type }) => type)).toEqual(['Follow'])
  expect(await listed()).toMatchObject([
    { url: inbox, inbox, kind: 'mastodon', state: 'pending', actor: null, problem: null },
  ])
  expect((await kith('relays', 'list')).out).toMatch(/mastodon +pending .* has not answered yet/)
  await Relay.update({ state: 'rejected', lastProblem: 'it said no' }, { where: { inboxUrl: inbox } })
  expect((await kith('relays', 'list')).out).toMatch(/rejected .* it said no/)
})

test('relays-02: relays add asks a relay by its actor, or as it is told', async () => {
  const { account, uri } = await stubActor(stub, 'relay')
  await account.update({ kind: 'application' })
  expect(await kith('relays', 'add', uri)).toMatchObject({ code: 0 })
  await Relay.update({ state: 'accepted' }, { where: { url: uri } })
  expect(await listed()).toMatchObject([{ kind: 'litepub', actor: uri, inbox: `${uri}/inbox` }])
  expect((await kith('relays', 'list')).out).toMatch(/litepub +accepted .* has not followed back yet/)
  expect(await kith('relays', 'add', `${stub.origin}/tags/tea`, '--kind', 'mastodon')).toMatchObject({
    code: 0,
  })
  expect((await listed())[1]).toMatchObject({ kind: 'mastodon', inbox: `${stub.origin}/tags/tea` })
})

test('relays list says why a relay was not reached', async () => {
  stub.status = 500
  await kith('relays', 'add', inbox)
  await all()
  expect(await listed()).toMatchObject([{ state: 'pending', problem: expect.stringContaining('500') }])
})

test('relays remove leaves a relay and tells it', async () => {
  await kith('relays', 'add', inbox)
  expect(await kith('relays', 'remove', inbox)).toMatchObject({ code: 0 })
  await all()
  expect(stub.arrivals.map(({ type }) => type)).toContain('Undo')
  expect(await listed()).toEqual([])
})

test('words that name no relay end with 1 and a sentence, wrong kinds with 2', async () => {
  await kith('relays', 'add', inbox)
  const wrong: [string[], RegExp][] = [
    [['add', 'relay.example'], /write it whole/],
    [['add', `${stub.origin}/nothing`], /give the inbox/],
    [['add', stub.actor('ann')], /is a person/],
    [['add', inbox], /asked before and is pending/],
    [['remove', 'https://relay.example/inbox'], /kith relays list/],
  ]
  for (const [words, says] of wrong)
    expect(await kith('relays', ...words)).toMatchObject({ code: 1, err: expect.stringMatching(says) })
  expect(await kith('relays', 'add', inbox, '--kind', 'other')).toMatchObject({ code: 2 })
})
