import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { Post } from '#core/posts/post.model'
import { react } from '#core/reactions/react'
import { unreact } from '#core/reactions/unreact'
import { recordBlock } from '#core/relationships/record-block'
import { documentAt } from '#federation/documents'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { group } from '#test/factories/group'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let alice: Member
let bob: Member
let tea: Account
let teaUri: string
let joe: RemoteActor
let zoe: RemoteActor

beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
  tea = await group(alice)
  teaUri = accountUri(tea)
  ;[joe, zoe] = await Promise.all([remoteActor('joe'), remoteActor('zoe', 'far.example')])
  await Promise.all([follow(bob, tea), follow(joe, tea), follow(zoe, tea)])
})

type Sent = { inbox: string; lane: string; body: Json }

/** What the group has sent, one for each inbox, in order. */
const sent = async (): Promise<Sent[]> => {
  const found = await rows<{ inbox: string; lane: string; body: string }>(
    {},
    `SELECT w.payload->>'inbox' AS inbox, w.lane, o.body FROM owed_work AS w
       JOIN outgoing_activities AS o ON o.id = (w.payload->>'activityId')::bigint
     WHERE w.kind = 'delivery' AND o.sender_id = $1 ORDER BY w.id`,
    [tea.id],
  )
  return found.map(({ inbox, lane, body }) => ({ inbox, lane, body: JSON.parse(body) as Json }))
}

/** The activities that it passed on, each once. */
const relayed = async (): Promise<Json[]> => {
  const all = (await sent()).map(({ body }) => body).filter(({ object }) => typeof object === 'object')
  const byId = new Map(all.filter(({ type }) => type === 'Announce').map((each) => [each.id, each]))
  return [...byId.values()].map(({ object }) => object as Json)
}

const page = (author: RemoteActor, name: string, more: Json = {}): Json =>
  noteOf(author, name, {
    type: 'Page',
    name: `About ${name}`,
    to: [teaUri, PUBLIC],
    audience: teaUri,
    ...more,
  })
const create = async (author: RemoteActor, object: Json): Promise<Json> => {
  const activity = activityOf(author, 'Create', object, {
    to: object.to,
    cc: object.cc,
    audience: object.audience,
  })
  await tell(author, activity)
  return activity
}
const find = (uri: unknown) => Post.findOne({ where: { uri: String(uri) } })
const boosts = () => Post.count({ where: { authorId: tea.id } })

test('groups-01: the document of a group is one of a Group that lists its moderators, and says who may post', async () => {
  const served = await documentAt(new URL(teaUri).pathname, async () => undefined)
  expect(served?.body).toMatchObject({
    type: 'Group',
    preferredUsername: 'tea',
    name: 'Tea',
    inbox: `${teaUri}/inbox`,
    outbox: `${teaUri}/outbox`,
    followers: `${teaUri}/followers`,
    featured: `${teaUri}/featured`,
    attributedTo: `${teaUri}/moderators`,
    postingRestrictedToMods: false,
    manuallyApprovesFollowers: false,
    publicKey: { id: `${teaUri}#main-key`, owner: teaUri },
  })
  const list = await documentAt(`${new URL(teaUri).pathname}/moderators`, async () => undefined)
  expect(list?.body).toMatchObject({ type: 'OrderedCollection', orderedItems: [accountUri(alice.account)] })
})

test('groups-01, groups-09: a Follow of a group is accepted, that of a locked one waits', async () => {
  const kim = await remoteActor('kim')
  await tell(kim, activityOf(kim, 'Follow', teaUri))
  expect((await sent()).map(({ inbox, body }) => [inbox, body.type])).toContainEqual([
    kim.account.inboxUrl,
    'Accept',
  ])
  await tea.update({ isLocked: true })
  const lea = await remoteActor('lea')
  await tell(lea, activityOf(lea, 'Follow', teaUri))
  const states = await rows({}, 'SELECT state FROM follows WHERE follower_id = $1', [lea.account.id])
  expect(states).toEqual([{ state: 'pending' }])
})

test('groups-02, federation rule 204: what a member elsewhere posts is passed on unchanged to all followers and its own server, once', async () => {
  const activity = await create(joe, page(joe, 'one'))
  await tell(joe, { ...activity, id: `${String(activity.id)}/again` })
  const announces = (await sent()).filter(
    ({ body }) => typeof body.object === 'object' && body.type === 'Announce',
  )
  expect(announces.map(({ inbox }) => inbox).toSorted()).toEqual([
    zoe.account.sharedInboxUrl,
    joe.account.sharedInboxUrl,
  ])
  expect(announces[0]?.body).toMatchObject({
    type: 'Announce',
    actor: teaUri,
    to: [PUBLIC],
    cc: [`${teaUri}/followers`],
  })
  expect(announces[0]?.body.object).toEqual(activity)
  const { pathname } = new URL(String(announces[0]?.body.id))
  expect((await documentAt(pathname, async () => undefined))?.body).toEqual(announces[0]?.body)
})

test('groups-03: the beginning of a thread is boosted by the group, answers are not', async () => {
  const thread = page(joe, 'one')
  await create(joe, thread)
  await create(zoe, noteOf(zoe, 'two', { inReplyTo: thread.id, cc: [joe.uri] }))
  expect((await relayed()).map(({ actor }) => actor)).toEqual([joe.uri, zoe.uri])
  expect(await boosts()).toBe(1)
  const ids = (await sent()).filter(({ body }) => typeof body.object === 'string')
  expect(new Set(ids.map(({ body }) => body.object))).toEqual(new Set([thread.id]))
  expect((await find(thread.id))?.groupId).toBe(tea.id)
})

test('groups-02: what members here post, edit, delete and like is passed on', async () => {
  const { id } = await as(bob, createPost, { text: '@tea is it hot?' })
  await settle()
  await as(bob, editPost, { postId: id, text: '@tea is it cold?' })
  await settle()
  await as(alice, react, { postId: id })
  await settle()
  await as(alice, unreact, { postId: id })
  await settle()
  const uri = postUri({ id, uri: null, authorId: bob.account.id })
  const before = await relayed()
  expect(before.map(({ type, actor }) => [type, actor])).toEqual([
    ['Create', accountUri(bob.account)],
    ['Update', accountUri(bob.account)],
    ['Like', accountUri(alice.account)],
    ['Undo', accountUri(alice.account)],
  ])
  expect(before[0]).toMatchObject({
    to: [PUBLIC, teaUri],
    audience: teaUri,
    object: { id: uri, audience: teaUri },
  })
  await as(bob, deletePost, { postId: id })
  await settle()
  expect(await relayed()).toMatchObject([{ type: 'Delete', object: { id: uri }, audience: teaUri }])
})

test('groups-06: an answer goes to the group that what it answers is in, without naming it', async () => {
  const coffee = await stranger('coffee', 'lemmy.example', { kind: 'group' })
  const far = await remoteActor('far', 'lemmy.example')
  await follow(bob, far)
  const object = noteOf(far, 'one', {
    type: 'Page',
    name: 'One',
    to: [PUBLIC, coffee.uri],
    audience: coffee.uri,
  })
  await tell(far, activityOf(far, 'Create', object))
  const thread = await find(object.id)
  await as(bob, createPost, { text: 'Indeed', replyToId: thread!.id })
  await as(bob, react, { postId: thread!.id })
  await settle()
  const found = await rows<{ body: string; inboxes: string[] }>(
    {},
    `SELECT o.body, ARRAY(SELECT w.payload->>'inbox' FROM owed_work AS w WHERE w.kind = 'delivery'
       AND (w.payload->>'activityId')::bigint = o.id ORDER BY 1) AS inboxes
     FROM outgoing_activities AS o WHERE o.sender_id = $1 ORDER BY o.type`,
    [bob.account.id],
  )
  const [note, like] = found.map(({ body }) => JSON.parse(body) as Json)
  expect(note).toMatchObject({ type: 'Create', to: [PUBLIC, coffee.uri], audience: coffee.uri })
  expect(note).toMatchObject({ object: { tag: [] } })
  expect(like).toMatchObject({ type: 'Like', to: [far.uri], cc: [coffee.uri], audience: coffee.uri })
  expect(found[0]?.inboxes).toEqual([coffee.sharedInboxUrl])
  expect(found[1]?.inboxes).toEqual([coffee.inboxUrl, far.account.inboxUrl])
})

test('federation rule 204: what members elsewhere do with a post is passed on in the order that it came, in one lane for each host', async () => {
  const object = page(joe, 'one')
  const activities = [await create(joe, object)]
  const deeds = [
    activityOf(joe, 'Update', { ...object, content: '<p>new</p>', updated: new Date().toISOString() }),
    activityOf(zoe, 'Like', object.id),
    activityOf(joe, 'Dislike', object.id),
  ]
  for (const deed of deeds) {
    await tell(deed.actor === joe.uri ? joe : zoe, deed)
    activities.push(deed)
  }
  const undo = activityOf(zoe, 'Undo', deeds[1])
  await tell(zoe, undo)
  const last = activityOf(joe, 'Delete', { type: 'Tombstone', id: object.id })
  await tell(joe, last)
  const letters = await rows<{ body: string }>(
    {},
    `SELECT body FROM outgoing_activities WHERE sender_id = $1 AND type = 'Announce' AND body LIKE '%"Announce"%' ORDER BY id`,
    [tea.id],
  )
  const inner = letters
    .map(({ body }) => (JSON.parse(body) as Json).object)
    .filter((each) => typeof each === 'object')
  expect(inner).toEqual([...activities, undo, last])
  const lanes = (await sent()).filter(({ body }) => typeof body.object === 'object').map(({ lane }) => lane)
  expect(new Set(lanes)).toEqual(new Set([`remote.example ${tea.id}`, `far.example ${tea.id}`]))
})

test('federation rule 205: a group passes on no Announce, Follow, Flag or private message', async () => {
  const object = page(joe, 'one')
  await create(joe, object)
  const coffee = await remoteActor('coffee', 'other.example', { kind: 'group' })
  const more: [RemoteActor, Json][] = [
    [joe, activityOf(joe, 'Announce', object.id, { cc: [teaUri] })],
    [joe, activityOf(joe, 'Follow', teaUri)],
    [joe, activityOf(joe, 'Flag', [teaUri], { to: [teaUri] })],
    [coffee, activityOf(coffee, 'Announce', activityOf(joe, 'Create', page(joe, 'two')), { cc: [teaUri] })],
  ]
  for (const [actor, activity] of more) await tell(actor, activity)
  await create(joe, noteOf(joe, 'three', { to: [teaUri], cc: [] }))
  await create(joe, noteOf(joe, 'four', { to: [`${joe.uri}/followers`], cc: [teaUri] }))
  expect((await relayed()).map(({ type }) => type)).toEqual(['Create'])
})

test('federation rule 206: what the banned, strangers, and others than moderators post is taken and not passed on', async () => {
  const eve = await remoteActor('eve')
  const receipt = await tell(eve, activityOf(eve, 'Create', page(eve, 'one')))
  expect(receipt.status).toBe(202)
  await recordBlock(alice.ctx, { blockerId: tea.id, blockedId: zoe.account.id })
  await create(zoe, page(zoe, 'two'))
  await rows({}, 'UPDATE groups SET is_restricted = true')
  await create(joe, page(joe, 'three'))
  expect(await relayed()).toEqual([])
  expect(await boosts()).toBe(0)
  const mine = await as(alice, createPost, { text: '@tea hear ye' })
  await settle()
  const answer = { inReplyTo: postUri({ id: mine.id, uri: null, authorId: alice.account.id }) }
  await create(joe, noteOf(joe, 'four', answer))
  expect((await relayed()).map(({ actor }) => actor)).toEqual([accountUri(alice.account), joe.uri])
  await rows({}, 'INSERT INTO group_marks (post_id, group_id, locked_at) VALUES ($1, $2, now())', [
    mine.id,
    tea.id,
  ])
  await create(joe, noteOf(joe, 'five', answer))
  expect(await relayed()).toHaveLength(2)
  await rows({}, 'UPDATE groups SET is_restricted = false, requires_membership = false')
  await create(eve, page(eve, 'six'))
  expect((await relayed()).at(-1)).toMatchObject({ actor: eve.uri })
})

test('federation rule 207: what is addressed to another group by its audience is not in this one', async () => {
  const coffee = await stranger('coffee', 'other.example', { kind: 'group' })
  await create(joe, page(joe, 'one', { audience: coffee.uri }))
  await create(joe, page(joe, 'two', { audience: undefined, cc: [coffee.uri] }))
  await create(joe, page(joe, 'three', { to: [PUBLIC], cc: [], audience: teaUri }))
  await create(joe, noteOf(joe, 'four', { cc: [accountUri(bob.account)] }))
  expect((await relayed()).map(({ object }) => (object as Json).name)).toEqual(['About two', 'About three'])
})
