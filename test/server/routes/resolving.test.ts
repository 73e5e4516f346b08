import { postUri } from '#core/addresses'
import { fetchObject } from '#federation/fetch-object'
import { shiftClock } from '#platform/clock'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { noteOf } from '#test/support/remote-actor'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let far: StubFediverse
beforeAll(async () => (far = await startFediverse()))
beforeEach(() => far.clear())
afterEach(() => shiftClock(0))
afterAll(closeListeners)

const path = (query: string) => `/api/v2/search?resolve=true&q=${encodeURIComponent(query)}`

test('federation rule 96: a member who searches again after seconds gets what is there by now; nobody else asks so soon', async () => {
  const { alice } = await cast('alice')
  const search = async () => (await client(alice).get(path(far.uri('late')))).body.accounts.length
  expect(await search()).toBe(0)
  far.describe('late', {})
  expect(await search()).toBe(0)
  shiftClock(6000)
  expect(await fetchObject({ actor: { kind: 'kith' } }, far.uri('late'))).toBeUndefined()
  expect(far.requests).toHaveLength(1)
  expect(await search()).toBe(1)
})

test('federation rule 114: the address of a private post finds it for those alone who may see it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const ann = await far.actor('ann')
  await follow(alice, ann)
  const followers = { to: [`${ann.uri}/followers`], cc: [] }
  far.serve('/users/ann/notes/one', noteOf(ann, 'one', followers))
  const own = await post(alice, { visibility: 'private' })
  const shown = async (who: Member, url: string) => {
    const { status, body } = await client(who).get(path(url))
    expect(status).toBe(200)
    return body.statuses.length
  }
  for (const url of [`${ann.uri}/notes/one`, postUri(own)]) {
    expect([url, await shown(alice, url)]).toEqual([url, 1])
    expect([url, await shown(bob, url)]).toEqual([url, 0])
  }
})

test('CVE-2021-27329: other servers are asked for members alone, and not more than 30 times in five minutes', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  for (const query of [far.uri('ann'), `@ann@${far.domain}`])
    expect((await client().get(path(query))).status).toBe(401)
  expect(far.requests).toEqual([])
  const statuses = []
  for (let at = 0; at < 31; at += 1)
    statuses.push((await client(alice).get(path(far.uri(`nobody${at}`)))).status)
  expect(statuses).toEqual([...Array<number>(30).fill(200), 429])
  expect(far.requests).toHaveLength(30)
  expect((await client(alice).get(path('a word'))).status).toBe(200)
  expect((await client(bob).get(path(far.uri('ann')))).status).toBe(200)
})
