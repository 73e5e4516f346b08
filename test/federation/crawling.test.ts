import { Account } from '#core/accounts/account.model'
import { Instance } from '#core/instances/instance.model'
import { Post } from '#core/posts/post.model'
import { gapAbove } from '#core/posts/threads/gap-above'
import { assertMayAsk } from '#federation/first-contacts'
import { redis } from '#platform/redis'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners, listen, type Listener } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let far: StubFediverse
let ann: RemoteActor
let alice: Member
beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice }, ann] = await Promise.all([cast('alice'), far.actor('ann')])
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

test('R-086, CVE-2022-46405, CVE-2025-32947, federation rule 98: parents that go on without end cost at most 20 documents', async () => {
  const server = await endless((at) => at + 1)
  const began = performance.now()
  await answer(`http://localhost:${server.port}/notes/1`)
  expect(performance.now() - began).toBeLessThan(20_000)
  expect(server.requests.length).toBeLessThanOrEqual(20)
  expect(await Account.count({ where: { domain: `localhost:${server.port}` } })).toBeLessThanOrEqual(10)
  expect(await Post.count()).toBeGreaterThan(2)
})

test('R-086: parents without end come twenty documents at a time when a member asks, two hundred in an hour', async () => {
  const server = await endless((at) => at + 1)
  await answer(`http://localhost:${server.port}/notes/1`)
  const reply = await Post.findOne({ where: { authorId: ann.account.id }, rejectOnEmpty: true })
  const asked = [server.requests.length]
  const top = async () => (await gapAbove({}, (await reply.reload()).threadId)) ?? ''
  const tops = [await top()]
  for (let time = 0; time < 14; time += 1) {
    server.requests.splice(0)
    const { headers } = await client(alice).get(`/api/v1/statuses/${reply.id}/context`)
    expect(headers.get('mastodon-async-refresh')).not.toBeNull()
    await settle()
    // As if the hour of this post were over, and not that of the thread.
    await redis.del(await redis.keys('refresh:*'))
    asked.push(server.requests.length)
    tops.push(await top())
  }
  expect(Math.max(...asked)).toBeLessThanOrEqual(20)
  expect(asked.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(200)
  expect(new Set(tops.slice(0, 5)).size).toBe(5)
  expect(new Set(tops.slice(-2)).size).toBe(1)
})

test('R-086: the page of a post tells that its ancestors end at a gap, and where they go on', async () => {
  const elsewhere = `${ann.uri}/notes/first`
  const parent = await post(ann.account, { uri: `${ann.uri}/notes/second`, replyToUri: elsewhere })
  const own = await post(alice, { replyTo: parent })
  const page = await client().get(`/@alice/${own.id}`)
  expect(page.body).toContain(`href="${elsewhere}"`)
  const whole = await post(alice, { replyTo: await post(ann.account, { uri: `${ann.uri}/notes/whole` }) })
  expect((await client().get(`/@alice/${whole.id}`)).body).not.toContain('Earlier posts of this conversation')
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

const mayMeet = (host: string): Promise<boolean> =>
  assertMayAsk(host).then(
    () => true,
    () => false,
  )

test('federation rule 103, CVE-2022-46405: of one registered domain ten new hosts are met in an hour', async () => {
  const meet = (count: number, below: string) =>
    Promise.all(Array.from({ length: count }, (_, at) => mayMeet(`s${at}.${below}`)))
  expect((await meet(15, 'evil.test')).filter(Boolean)).toHaveLength(10)
  expect(await mayMeet('good.test')).toBe(true)
  expect((await meet(2, 'deep.evil.test')).filter(Boolean)).toEqual([])
  await Instance.create({ domain: 'known.evil.test' })
  expect(await mayMeet('known.evil.test')).toBe(true)
})
