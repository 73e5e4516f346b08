import { accountUri, postUri } from '#core/addresses'
import { Notification } from '#core/notifications/notification.model'
import { Post } from '#core/posts/post.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
let own: Post
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  ann = await remoteActor('ann', 'events.example', { kind: 'group' })
  await follow(alice, ann)
  own = await post(alice, { text: 'a party' })
  await settle()
})

/** Everything that an answer to an event could change. */
const state = async () => ({
  posts: await rows(
    {},
    'SELECT id, visibility, html, version, replies_count, favourites_count FROM posts ORDER BY id',
  ),
  follows: (await Follow.findAll({ raw: true })).map(({ followerId, followedId, state: its }) => [
    followerId,
    followedId,
    its,
  ]),
  told: await Notification.count(),
  sent: await rows({}, 'SELECT uri FROM outgoing_activities ORDER BY id'),
  kept: await rows({}, 'SELECT id FROM interaction_requests'),
  owed: await rows({}, `SELECT payload FROM owed_work WHERE kind = 'inbox'`),
})

const event = (more: Json = {}): Json =>
  noteOf(ann, 'event', { type: 'Event', name: 'Tea', startTime: '2026-12-01T12:00:00Z', ...more })
const joining = (type: string, object: unknown): Json => ({
  id: `${ann.uri}/join/1`,
  type,
  actor: accountUri(alice.account),
  object,
})

test.each<[string, () => [type: string, object: unknown, more?: Json]]>([
  ['a Join of a post', () => ['Join', postUri(own), { participationMessage: 'I come' }]],
  ['a Leave of it', () => ['Leave', postUri(own)]],
  ['an Invite to an event', () => ['Invite', event(), { target: accountUri(alice.account) }]],
  ['an Invite to a group', () => ['Invite', ann.uri, { target: accountUri(alice.account) }]],
  ['the Accept of a Join that nobody sent', () => ['Accept', joining('Join', event().id)]],
  ['the Reject of a Join of a group', () => ['Reject', joining('Join', ann.uri)]],
  ['the Reject of an Invite', () => ['Reject', joining('Invite', ann.uri)]],
  ['the Reject of a Join by its id', () => ['Reject', `${ann.uri}/join/1`]],
  ['a yes to a post, as to an event', () => ['Accept', postUri(own)]],
  ['a no to a post, as to an event', () => ['Reject', postUri(own)]],
  ['a maybe to a post, as to an event', () => ['TentativeAccept', postUri(own)]],
  ['a yes to an event of their own', () => ['Accept', event()]],
  ['a Join with junk in it', () => ['Join', [null, 7, { type: ['Event', 3] }], { participationMessage: [] }]],
])('events-04, events-07: %s is taken, and changes nothing', async (_what, make) => {
  const before = await state()
  const [type, object, more] = make()
  expect((await tell(ann, activityOf(ann, type, object, more))).status).toBe(202)
  expect(await state()).toEqual(before)
})

test('events-04: the Reject of a Follow ends it, whether or not it says its type', async () => {
  for (const type of ['Follow', undefined]) {
    await Follow.destroy({ truncate: true })
    await follow(alice, ann)
    const { type: _, ...bare } = joining('Follow', ann.uri)
    await tell(ann, activityOf(ann, 'Reject', type ? { ...bare, type } : bare))
    expect(await Follow.count({ where: { state: 'accepted' } })).toBe(0)
  }
})

test('events-06: an event that is moved or called off is an edit of its post', async () => {
  await tell(ann, activityOf(ann, 'Create', event()))
  const updated = new Date().toISOString()
  await tell(ann, activityOf(ann, 'Update', event({ updated, 'ical:status': 'CANCELLED' })))
  const found = await Post.findOne({ where: { uri: String(event().id) }, rejectOnEmpty: true })
  expect(found.html).toContain('cancelled')
})
