import { Account } from '#core/accounts/account.model'
import { Instance } from '#core/instances/instance.model'
import { Post } from '#core/posts/post.model'
import { mayMeet } from '#federation/first-contacts'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { closeListeners, listen, type Listener } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let far: StubFediverse
let ann: RemoteActor
beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  const [{ alice }, found] = await Promise.all([cast('alice'), far.actor('ann')])
  ann = found
  await follow(alice, ann)
})

const answer = (inReplyTo: string) =>
  tell(ann, activityOf(ann, 'Create', noteOf(ann, 'answer', { inReplyTo })))

/** A server where every note answers another one by somebody else, without end; `next` gives the number of that. */
async function endless(next: (at: number) => number): Promise<Listener> {
  const server = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const base = `http://localhost:${server.port}`
    const [, kind, at = ''] = /^\/(users|notes)\/(\d+)$/.exec(pathname) ?? []
    const [, name = ''] = /^acct:(\w+)@/.exec(searchParams.get('resource') ?? '') ?? []
    const id = `${base}${pathname}`
    const actor = { id, type: 'Person', preferredUsername: at, inbox: `${id}/inbox` }
    const note = {
      id,
      type: 'Note',
      attributedTo: `${base}/users/${at}`,
      content: '<p>on</p>',
      to: ['https://www.w3.org/ns/activitystreams#Public'],
      inReplyTo: `${base}/notes/${next(Number(at))}`,
    }
    const finger = {
      links: [{ rel: 'self', type: 'application/activity+json', href: `${base}/users/${name}` }],
    }
    const body = kind === 'users' ? actor : kind === 'notes' ? note : finger
    const type = kind ? 'application/activity+json' : 'application/jrd+json'
    response.writeHead(200, { 'content-type': type }).end(JSON.stringify(body))
  })
  return server
}

test('CVE-2022-46405, CVE-2025-32947, federation rule 98: parents that go on without end cost at most 20 documents', async () => {
  const server = await endless((at) => at + 1)
  const began = performance.now()
  await answer(`http://localhost:${server.port}/notes/1`)
  expect(performance.now() - began).toBeLessThan(20_000)
  expect(server.requests.length).toBeLessThanOrEqual(20)
  expect(await Account.count({ where: { domain: `localhost:${server.port}` } })).toBeLessThanOrEqual(10)
  expect(await Post.count()).toBeGreaterThan(2)
})

test.each([
  ['to themselves', (at: number) => at],
  ['to each other', (at: number) => (at === 1 ? 2 : 1)],
])('CVE-2025-32947, federation rule 98: parents that lead back %s are read once', async (_what, next) => {
  const server = await endless(next)
  await answer(`http://localhost:${server.port}/notes/1`)
  const notes = server.requests.filter((each) => each.includes('/notes/'))
  expect(notes).toEqual([...new Set(notes)])
  expect(await Post.count()).toBe(notes.length + 1)
})

test('federation rule 103, CVE-2022-46405: of one registered domain ten new hosts are met in an hour', async () => {
  const meet = (count: number, below: string) =>
    Promise.all(Array.from({ length: count }, (_, at) => mayMeet(`s${at}.${below}`)))
  expect((await meet(15, 'evil.test')).filter(Boolean)).toHaveLength(10)
  expect(await mayMeet('good.test')).toBe(true)
  expect((await meet(2, 'deep.evil.test')).filter(Boolean)).toEqual([])
  await Instance.create({ domain: 'known.evil.test' })
  expect(await mayMeet('known.evil.test')).toBe(true)
})
