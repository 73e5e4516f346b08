import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let bea: Member
let group: RemoteActor
let joe: RemoteActor
let far: RemoteActor
let home: StubFediverse
let away: StubFediverse

beforeAll(async () => {
  ;[home, away] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)

beforeEach(async () => {
  home.clear()
  away.clear()
  ;({ bea } = await cast('bea'))
  group = await home.actor('tea', { kind: 'group' })
  joe = await home.actor('joe')
  far = await away.actor('far')
  await follow(bea, group)
})

const relay = (...inner: Json[]) =>
  tell(group, activityOf(group, 'Announce', inner.length === 1 ? inner[0] : inner))
const page = (author: RemoteActor, name: string, more: Json = {}) =>
  noteOf(author, name, { type: 'Page', name: `About ${name}`, audience: group.uri, ...more })
const find = (uri: unknown) => Post.findOne({ where: { uri: String(uri) } })
const boosts = () => Post.findAll({ where: { authorId: group.account.id } })

test('groups-04: a thread that a followed group passes on is here, as boosted by the group, once', async () => {
  const object = page(joe, 'one')
  await relay(activityOf(joe, 'Create', object))
  await relay(activityOf(joe, 'Create', object))
  const found = await find(object.id)
  expect(found).toMatchObject({ authorId: joe.account.id, visibility: 'public' })
  expect(found?.html).toContain('About one')
  expect(await boosts()).toMatchObject([{ boostOfId: found?.id }])
})

test('federation rule 208: what is passed on by a group that nobody follows, or by a person, is forgotten', async () => {
  await Follow.destroy({ where: { followedId: group.account.id } })
  await relay(activityOf(joe, 'Create', page(joe, 'one')))
  await follow(bea, joe)
  await tell(joe, activityOf(joe, 'Announce', activityOf(joe, 'Create', page(joe, 'two'))))
  expect(await Post.count()).toBe(0)
})

test('federation rule 207: a thread is in a group only if it is addressed to it, and its audience says so above all', async () => {
  const elsewhere = accountUri(await stranger('coffee', 'other.example', { kind: 'group' }))
  const inGroup: Json[] = [
    { audience: group.uri },
    { audience: [elsewhere, group.uri] },
    { audience: undefined, to: [PUBLIC, group.uri] },
    { audience: undefined, cc: [group.uri] },
    { audience: 'https://other.example/nothing', cc: [group.uri] },
    { audience: undefined, target: { id: group.uri, type: 'Group' } },
  ]
  const outside: Json[] = [
    { audience: undefined },
    { audience: elsewhere },
    { audience: elsewhere, to: [PUBLIC, group.uri], cc: [group.uri] },
    { audience: undefined, tag: [{ type: 'Mention', href: group.uri }] },
  ]
  for (const [at, more] of [...inGroup, ...outside].entries())
    await relay(activityOf(joe, 'Create', page(joe, `post${at}`, more)))
  expect(await boosts()).toHaveLength(inGroup.length)
  expect(await Post.count()).toBe(2 * inGroup.length)
  // The activity speaks for its object, and an answer is where its thread is.
  const named = page(joe, 'named', { audience: undefined })
  await relay(activityOf(joe, 'Create', named, { audience: group.uri }))
  const answer = noteOf(joe, 'answer', { inReplyTo: named.id })
  await relay(activityOf(joe, 'Create', answer))
  expect(await Promise.all([named, answer].map(({ id }) => find(id)))).not.toContain(null)
  expect(await boosts()).toHaveLength(inGroup.length + 1)
})

test('federation rule 210: nobody becomes a moderator by a list that is not the one of the group on its own host', async () => {
  const thread = page(far, 'thread')
  away.serve('/users/far/notes/thread', thread)
  await relay(activityOf(far, 'Create', thread))
  const lists = [`http://${away.domain}/moderators`, `${group.uri}/moderators`]
  for (const list of lists) {
    const collection = { id: list, type: 'OrderedCollection', orderedItems: [joe.uri] }
    for (const at of [home, away]) at.serve(new URL(list).pathname, collection)
    home.describe('tea', { type: 'Group', attributedTo: list })
    await tell(group, activityOf(group, 'Update', group.uri))
    for (const by of [group, joe, far])
      await tell(by, activityOf(by, 'Add', joe.uri, { target: list, audience: group.uri }))
    await relay(activityOf(joe, 'Add', joe.uri, { target: list }))
    await relay(activityOf(joe, 'Delete', thread.id, { summary: 'off topic' }))
    await tell(joe, activityOf(joe, 'Delete', thread.id, { audience: group.uri }))
  }
  expect(await find(thread.id)).not.toBeNull()
  expect(away.requests.filter((request) => request.includes('moderators'))).toEqual([])
})

test('groups-04, federation rule 73: what somebody of another server wrote is fetched there, and not believed from the group', async () => {
  const forged = page(far, 'one', { content: '<p>forged</p>' })
  await relay(activityOf(far, 'Create', forged))
  expect(await find(forged.id)).toBeNull()
  away.serve('/users/far/notes/two', page(far, 'two', { content: '<p>true</p>' }))
  await relay(activityOf(far, 'Create', page(far, 'two', { content: '<p>forged</p>' })))
  const found = await find(`${far.uri}/notes/two`)
  expect(found?.html).toContain('true')
  expect(found?.html).not.toContain('forged')
})

test('groups-04: an answer joins the thread that is here and is no boost; others are not fetched', async () => {
  const thread = page(joe, 'one')
  await relay(activityOf(joe, 'Create', thread))
  const answer = noteOf(joe, 'answer', { inReplyTo: thread.id })
  await relay(activityOf(joe, 'Create', answer))
  expect(await find(answer.id)).toMatchObject({ replyToId: (await find(thread.id))?.id })
  expect(await boosts()).toHaveLength(1)
  const lost = noteOf(joe, 'lost', { inReplyTo: `${joe.uri}/notes/unknown` })
  await relay(activityOf(joe, 'Create', lost))
  expect(await find(lost.id)).toBeNull()
})

test('federation rules 74 and 209: in a batch each like counts for itself; those of other servers are not believed', async () => {
  const mine = await post(bea)
  const object = postUri(mine)
  await relay(
    activityOf(joe, 'Like', object),
    activityOf(group, 'Like', object),
    activityOf(far, 'Like', object),
    activityOf(joe, 'Like', object),
  )
  const likers = (await Reaction.findAll({ where: { postId: mine.id } })).map(({ accountId }) => accountId)
  expect(likers.toSorted()).toEqual([joe.account.id, group.account.id].toSorted())
  await relay(activityOf(joe, 'Undo', { type: 'Like', actor: joe.uri, object }))
  expect(await Reaction.count({ where: { accountId: joe.account.id } })).toBe(0)
})

test('federation rule 63: a group passes on that an author deleted a post, and deletes none of another server', async () => {
  const [one, two] = [page(joe, 'one'), page(far, 'two')]
  away.serve('/users/far/notes/two', two)
  await relay(activityOf(joe, 'Create', one))
  await relay(activityOf(far, 'Create', two))
  expect(await Promise.all([find(one.id), find(two.id)])).not.toContain(null)
  await relay(activityOf(joe, 'Delete', one.id))
  await relay(activityOf(far, 'Delete', two.id))
  await relay(activityOf(joe, 'Delete', two.id))
  expect(await find(one.id)).toBeNull()
  expect(await find(two.id)).not.toBeNull()
})

test('federation rule 75: a group ends, locks, bans and pins nothing that is not its own', async () => {
  const [inside, outside] = [page(joe, 'inside'), noteOf(joe, 'outside')]
  await relay(activityOf(joe, 'Create', inside))
  const answer = noteOf(joe, 'answer', { inReplyTo: inside.id })
  await relay(activityOf(joe, 'Create', answer))
  await follow(bea, joe)
  await tell(joe, activityOf(joe, 'Create', outside))
  for (const [at, each] of Object.entries({ inside, answer, outside }))
    home.serve(`/users/joe/notes/${at}`, each)
  const mine = await post(bea)
  for (const [type, object] of [
    ['Lock', outside.id],
    ['Add', outside.id],
    ['Block', joe.uri],
    ['Block', accountUri(bea.account)],
    ['Delete', postUri(mine)],
    ['Delete', joe.uri],
    ['Delete', outside.id],
    ['Delete', [inside.id, outside.id]],
  ] as const)
    for (const actor of [group, joe])
      await relay(activityOf(actor, type, object, { target: `${joe.uri}/featured` }))
  expect(await Post.count()).toBe(5)
  expect((await joe.account.reload()).goneAt).toBeNull()
  expect(await Follow.count()).toBe(2)
  for (const { id } of [answer, inside]) await relay(activityOf(joe, 'Delete', id))
  expect(await Promise.all([answer, inside].map(({ id }) => find(id)))).toEqual([null, null])
  home.serve('/users/joe/notes/outside', undefined)
  await relay(activityOf(joe, 'Delete', outside.id))
  expect(await find(outside.id)).toBeNull()
})

test('federation rule 205: a follow, a block, a report or another Announce that a group passes on is nothing', async () => {
  const object = accountUri(bea.account)
  await relay(
    activityOf(joe, 'Follow', object),
    activityOf(joe, 'Block', object),
    activityOf(joe, 'Announce', activityOf(joe, 'Create', page(joe, 'one'))),
    { ...activityOf(joe, 'Like', object), id: `${far.uri}/likes/1` },
  )
  expect(await Follow.count()).toBe(1)
  expect(await Post.count()).toBe(0)
})

test('groups-03: a thread that a group announced twice, with its activity and without, is gone by the Undo of either', async () => {
  for (const at of [0, 1]) {
    const object = page(joe, `one${at}`)
    const plain = activityOf(group, 'Announce', object.id)
    const whole = activityOf(group, 'Announce', activityOf(joe, 'Create', object))
    for (const announce of at === 0 ? [whole, plain] : [plain, whole]) {
      home.serve(new URL(String(object.id)).pathname, object)
      await tell(group, announce)
    }
    expect(await boosts()).toHaveLength(1)
    await tell(group, activityOf(group, 'Undo', plain))
    expect(await boosts()).toHaveLength(0)
  }
})
