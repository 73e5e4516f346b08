import { postUri } from '#core/addresses'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import type { RemoteActor } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let ann: RemoteActor
let stub: StubServer

beforeAll(async () => {
  stub = await startStub()
})
afterAll(() => stub.stop())

beforeEach(async () => {
  stub.documents.clear()
  ;[{ alice }, ann] = await Promise.all([cast('alice'), stubActor(stub, 'ann')])
})

let count = 0
const nameOf = (name: string) => `${name}${(count += 1)}`
const header = 'mastodon-async-refresh'

test('STAT-10 the context of a post elsewhere tells that its replies are fetched, and has them the next time', async () => {
  const note = stub.note('ann', nameOf('parent'))
  const replies = [1, 2, 3].map(() => stub.serve(stub.note('eve', nameOf('reply'), { inReplyTo: note.id })))
  const stray = stub.serve(stub.note('eve', nameOf('stray')))
  const [first, ...others] = replies.map(({ id }) => String(id))
  const page = { id: `${String(note.id)}/page`, type: 'CollectionPage', items: [...others, stray.id] }
  stub.serve(page)
  const inline = { type: 'CollectionPage', items: [first], next: page.id }
  stub.serve({ ...note, replies: { id: `${String(note.id)}/replies`, type: 'Collection', first: inline } })
  const parent = await post(ann.account, { uri: String(note.id) })
  const app = client(alice)
  const read = () => app.get(`/api/v1/statuses/${parent.id}/context`)

  const before = await read()
  const [, id] = /^id="([^"]+)", retry=3, result_count=0$/.exec(before.headers.get(header) ?? '') ?? []
  const running = await app.get(`/api/v1_alpha/async_refreshes/${id}`)
  expectEntity('AsyncRefreshResponse', running.body)
  expect(running.body.async_refresh).toMatchObject({ status: 'running', result_count: 0 })
  await settle()
  expect((await app.get(`/api/v1_alpha/async_refreshes/${id}`)).body.async_refresh).toMatchObject({
    status: 'finished',
    result_count: 3,
  })
  const after = await read()
  expectEntity('Context', after.body)
  expect(after.body.descendants.map(({ uri }: { uri: string }) => uri).sort()).toEqual(
    [first, ...others].sort(),
  )
  expect(after.headers.get(header)).toBeNull()
  expect(await Post.count({ where: { uri: String(stray.id) } })).toBe(0)
})

test('STAT-10 nothing is fetched for visitors, nor for posts made here', async () => {
  const remote = await post(ann.account, { uri: `${ann.uri}/notes/${nameOf('x')}` })
  expect((await client().get(`/api/v1/statuses/${remote.id}/context`)).headers.get(header)).toBeNull()
  const mine = await post(alice)
  expect((await client(alice).get(`/api/v1/statuses/${mine.id}/context`)).headers.get(header)).toBeNull()
})

test('POLL-06 an open poll elsewhere is counted anew for a member who reads it, now and then', async () => {
  const uri = `${ann.uri}/notes/${nameOf('poll')}`
  const asked = await post(ann.account, {
    uri,
    html: '<p>well?</p>',
    poll: { options: ['a', 'b'], tallies: [0, 0], isMultiple: false, expiresAt: null },
  })
  const poll = await Poll.findOne({ where: { postId: asked.id }, rejectOnEmpty: true })
  const option = (name: string, totalItems: number) => ({
    type: 'Note',
    name,
    replies: { type: 'Collection', totalItems },
  })
  const tell = (one: number) =>
    stub.serve({
      ...stub.note('ann', uri.split('/').at(-1)!),
      type: 'Question',
      content: '<p>well?</p>',
      published: asked.publishedAt.toISOString(),
      oneOf: [option('a', one), option('b', 2)],
      votersCount: one + 2,
    })
  const read = async (who?: Member) => {
    await client(who).get(`/api/v1/polls/${poll.id}`)
    await settle()
    return (await poll.reload()).tallies
  }
  tell(5)
  expect(await read(alice)).toEqual([0, 0])
  await rows({}, `UPDATE posts SET received_at = now() - interval '6 minutes'`)
  expect(await read()).toEqual([0, 0])
  expect(await read(alice)).toEqual([5, 2])
  tell(6)
  expect(await read(alice)).toEqual([5, 2])
  expect((await asked.reload()).editedAt).toBeNull()
  expect(postUri(asked)).toBe(uri)
})
