import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import type { Json } from '#federation/properties'
import { inSeconds } from '#platform/clock'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let alice: Member
let far: StubFediverse
let ann: RemoteActor

beforeAll(async () => {
  far = await startFediverse()
})
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice }, ann] = await Promise.all([cast('alice'), far.actor('ann')])
  await follow(alice, ann)
})

let count = 0
async function taken(more: Json): Promise<{ post: Post; object: Json }> {
  const object = noteOf(ann, `original${(count += 1)}`, { name: 'a title', ...more })
  await tell(ann, activityOf(ann, 'Create', object))
  return { post: await Post.findOne({ where: { uri: String(object.id) }, rejectOnEmpty: true }), object }
}
const reply = async ({ id }: Post) => {
  const { status, body } = await client(alice).post('/api/v1/statuses', {
    status: 'well',
    in_reply_to_id: id,
  })
  await settle()
  return { status, id: body.id as string, error: body.error as string }
}
test.each<[string, Json]>([
  ['Lemmy and its kin', { type: 'Page', commentsEnabled: false }],
  ['PeerTube', { type: 'Video', commentsEnabled: false, canReply: PUBLIC, commentsPolicy: 2 }],
  ['Pixelfed', { capabilities: { announce: PUBLIC, like: PUBLIC, reply: null } }],
  ['older Pixelfed', { capabilities: { reply: '[]' } }],
  ['Streams', { canReply: [] }],
  ['Streams, until a day', { commentPolicy: `public until=${inSeconds(-60).toISOString()}` }],
])('features replies-08: to what %s closes nobody here replies, who is told so', async (_, said) => {
  const { post } = await taken(said)
  expect(await reply(post)).toMatchObject({ status: 422, error: expect.stringContaining('let you reply') })
  const { body } = await client(alice).get(`/api/v1/statuses/${post.id}`)
  expect(body.interaction_policy.can_reply).toMatchObject({ with_approval: [] })
  expect(body.interaction_policy.can_reply.always).not.toContain('me')
  expect((await client(alice).post(`/api/v1/statuses/${post.id}/favourite`)).status).toBe(200)
})

test.each<[string, Json]>([
  ['Lemmy and its kin', { type: 'Page', commentsEnabled: true }],
  ['PeerTube', { type: 'Video', commentsEnabled: true, canReply: null, commentsPolicy: 1 }],
  ['Pixelfed', { commentsEnabled: true, capabilities: { reply: PUBLIC } }],
  ['Streams', { canReply: [PUBLIC], commentPolicy: 'public' }],
  ['Streams, until a day', { commentPolicy: `public until=${inSeconds(3600).toISOString()}` }],
  ['Pleroma', { capabilities: {} }],
])('features replies-08: what %s leaves open is answered as ever', async (_, said) => {
  const { post } = await taken(said)
  expect((await reply(post)).status).toBe(200)
})

test('features replies-08: whom Streams names may reply', async () => {
  const named = await taken({ canReply: [accountUri(alice.account)] })
  const others = await taken({ canReply: [`${ann.uri}/followers`, 'https://remote.example/users/joe'] })
  expect((await reply(named.post)).status).toBe(200)
  expect((await reply(others.post)).status).toBe(200)
  const nobody = await taken({ canReply: ['https://remote.example/users/joe'] })
  expect((await reply(nobody.post)).status).toBe(422)
})

test('features replies-08: comments that are closed later close it here, what others said stays, and opened they open it', async () => {
  const { post, object } = await taken({ type: 'Page', commentsEnabled: true })
  const change = (commentsEnabled: boolean) =>
    tell(ann, activityOf(ann, 'Update', { ...object, commentsEnabled, updated: inSeconds(0).toISOString() }))
  await change(false)
  expect((await reply(post)).status).toBe(422)
  const joe = await remoteActor('joe', 'joe.example')
  await tell(joe, activityOf(joe, 'Create', noteOf(joe, 'early', { inReplyTo: post.uri })))
  expect((await post.reload()).repliesCount).toBe(1)
  await change(true)
  expect((await reply(post)).status).toBe(200)
})

test('features replies-08, video-05: a comment that PeerTube has to approve is sent there, and waits for its ApproveReply', async () => {
  const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.0'
  far.serve('/.well-known/nodeinfo', { links: [{ rel, href: `http://${far.domain}/nodeinfo/2.0` }] })
  far.serve('/nodeinfo/2.0', { software: { name: 'peertube', version: '7.0.1' } })
  const moderated = { type: 'Video', commentsEnabled: true, canReply: PUBLIC, commentsPolicy: 3 }
  const { post } = await taken(moderated)
  const seen = async (id: string) => (await client(undefined).get(`/api/v1/statuses/${id}`)).status
  const answer = async (type: string, id: string): Promise<void> => {
    const comment = postUri({ id, uri: null, authorId: alice.account.id })
    const more = { id: `${ann.uri}/approvals/${(count += 1)}`, inReplyTo: post.uri }
    await tell(ann, activityOf(ann, type, comment, more))
  }
  const [yes, no] = [await reply(post), await reply(post)]
  expect(await sentActivities()).toMatchObject([
    { type: 'Create', object: { inReplyTo: post.uri } },
    { type: 'Create' },
  ])
  expect([await seen(yes.id), await seen(no.id)]).toEqual([404, 404])
  await answer('ApproveReply', yes.id)
  await answer('RejectReply', no.id)
  expect([await seen(yes.id), await seen(no.id)]).toEqual([200, 404])
})
