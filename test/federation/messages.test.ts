import { endAccount } from '#core/accounts/end-account'
import { accountUri, postUri } from '#core/addresses'
import { NotificationPolicy } from '#core/notifications/notification-policy.model'
import { Notification } from '#core/notifications/notification.model'
import { Post } from '#core/posts/post.model'
import { blockAccount } from '#core/relationships/block-account'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let ann: RemoteActor
let home: StubFediverse
beforeAll(async () => (home = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  home.clear()
  ;({ alice } = await cast('alice'))
  ann = await home.actor('ann')
  await follow(alice, ann)
})

let count = 0
const mention = ({ account }: Member) => ({
  type: 'Mention',
  href: accountUri(account),
  name: `@${account.username}`,
})
const directNote = (more: Json = {}): Json =>
  noteOf(ann, `${(count += 1)}`, { to: [accountUri(alice.account)], cc: [], tag: [mention(alice)], ...more })
const create = (object: Json) => tell(ann, activityOf(ann, 'Create', object, { to: object.to, cc: [] }))
const conversations = async (who: Member) => {
  await settle()
  const { body } = await client(who).get('/api/v1/conversations')
  expectEntity('Array<Conversation>', body)
  return body as { accounts: { username: string }[]; last_status: { id: string } }[]
}
const deliveries = () => rows({}, `SELECT type, body FROM outgoing_activities`)

test('federation rule 143: what carries no signature of its own is passed on to nobody', async () => {
  const own = await post(alice, {})
  await Follow.create({
    followerId: (await stranger('fan')).id,
    followedId: alice.account.id,
    state: 'accepted',
  })
  await settle()
  await rows({}, 'DELETE FROM outgoing_activities')
  const followers = `${accountUri(alice.account)}/followers`
  const reply = noteOf(ann, 'reply', { inReplyTo: postUri(own), cc: [followers], tag: [mention(alice)] })
  await create(reply)
  await tell(ann, activityOf(ann, 'Delete', reply.id, { cc: [followers] }))
  expect(await deliveries()).toEqual([])
})

test('federation rule 151: that a message was read is told to nobody', async () => {
  await create(directNote())
  const [conversation] = await conversations(alice)
  const { id } = conversation as unknown as { id: string }
  await client(alice).post(`/api/v1/conversations/${id}/read`)
  await client(alice).post('/api/v1/markers', { home: { last_read_id: conversation!.last_status.id } })
  await client(alice).get(`/api/v1/statuses/${conversation!.last_status.id}`)
  await settle()
  expect(await deliveries()).toEqual([])
})

test('federation rules 152, 220, 221, 222: no Story, and no answer to one, is taken or shown, whenever it ends', async () => {
  const story = {
    id: `${ann.uri}/stories/1`,
    type: 'Story',
    attributedTo: ann.uri,
    to: [`${ann.uri}/followers`],
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    attachment: { type: 'Image', url: `${ann.uri}/story.jpg`, mediaType: 'image/jpeg' },
  }
  const bearcap = { type: 'Story', object: `bear:?t=token&u=${encodeURIComponent(story.id)}` }
  home.serve('/users/ann/stories/1', story)
  home.requests.length = 0
  const to = [accountUri(alice.account)]
  for (const [type, object, target] of [
    ['Add', bearcap, `${ann.uri}/stories`],
    ['Add', story, `${ann.uri}/stories`],
    ['Create', story],
    ['Create', { ...story, expiresAt: '2020-01-01T00:00:00Z' }],
    ['Create', { ...story, expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString() }],
    ['Announce', story.id],
    ['Story:Reply', { ...story, content: 'hello', inReplyTo: accountUri(alice.account) }],
    ['Story:Reaction', { ...story, content: '🎉' }],
  ] as const)
    expect(
      (await tell(ann, activityOf(ann, type, object, { to, ...(target ? { target } : {}) }))).status,
    ).toBe(202)
  // Whatever a boost names is looked at once, and is no post.
  expect(home.requests.filter((each) => each.includes('stories')).length).toBeLessThanOrEqual(1)
  expect([await Post.count(), await Notification.count(), await deliveries()]).toEqual([0, 0, []])
})

test('federation rule 153: direct messages go with the account that wrote them', async () => {
  await create(directNote())
  expect(await conversations(alice)).toHaveLength(1)
  expect(await Notification.count()).toBe(1)
  await ann.account.update({ suspendedAt: new Date() })
  expect(await conversations(alice)).toEqual([])
  await ann.account.update({ suspendedAt: null })
  await endAccount(alice.ctx, { accountId: ann.account.id })
  expect(await conversations(alice)).toEqual([])
  expect([await Post.count(), await Notification.count()]).toEqual([0, 0])
})

test.each([
  ['for nobody', (): Json => ({ to: [] })],
  ['for two', () => ({ to: [accountUri(alice.account), 'https://remote.example/users/max'] })],
  ['for everybody', () => ({ to: ['https://www.w3.org/ns/activitystreams#Public'] })],
  ['by somebody else', () => ({ attributedTo: `${home.uri('max')}` })],
  ['for one', () => ({})],
])('federation rule 223: a ChatMessage %s is refused', async (_what, more) => {
  expect((await create(directNote({ type: 'ChatMessage', ...more() }))).status).toBe(202)
  expect([await Post.count(), await Notification.count()]).toEqual([0, 0])
  expect(await conversations(alice)).toEqual([])
})

test('federation rule 224: whoever is blocked, or not wanted by the settings of the receiver, starts nothing and notifies nobody', async () => {
  await Follow.destroy({ truncate: true })
  const policy = await NotificationPolicy.create({ accountId: alice.account.id, forPrivateMentions: 'drop' })
  await create(directNote())
  expect([await conversations(alice), await Notification.count()]).toEqual([[], 0])
  await policy.update({ forPrivateMentions: 'accept' })
  await create(directNote())
  expect([(await conversations(alice)).length, await Notification.count()]).toEqual([1, 1])
  await rows({}, 'DELETE FROM posts')
  await rows({}, 'DELETE FROM conversations')
  await rows({}, 'DELETE FROM notifications')
  await as(alice, blockAccount, { accountId: ann.account.id })
  for (const type of ['Note', 'ChatMessage']) await create(directNote({ type }))
  expect(await conversations(alice)).toEqual([])
  expect(await Notification.count()).toBe(0)
})

test('federation rule 227: in a message among several each sees what names them, and a stranger in an answer only that answer', async () => {
  const { bob, cat, max } = await cast('bob', 'cat', 'max')
  const first = await post(alice, { visibility: 'direct', mentions: [bob, ann], text: 'first' })
  const second = await post(bob, {
    visibility: 'direct',
    mentions: [alice, cat],
    text: 'second',
    replyTo: first,
  })
  await settle()
  const seen = async (who: Member) => {
    const statuses = [first, second].map(({ id }) => client(who).get(`/api/v1/statuses/${id}`))
    return (await Promise.all(statuses)).map(({ status }) => status)
  }
  expect(await Promise.all([alice, bob, cat, max].map(seen))).toEqual([
    [200, 200],
    [200, 200],
    [404, 200],
    [404, 404],
  ])
  const { body } = await client(cat).get(`/api/v1/statuses/${second.id}/context`)
  expectEntity('Context', body)
  expect([body.ancestors, body.descendants]).toEqual([[], []])
  const [conversation] = await conversations(cat)
  expect(conversation?.accounts.map(({ username }) => username).toSorted()).toEqual(['alice', 'bob'])
  expect(await conversations(max)).toEqual([])
})
