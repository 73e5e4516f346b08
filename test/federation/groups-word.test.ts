import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { row, rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'

let bea: Member
let home: StubFediverse
let away: StubFediverse
let tea: RemoteActor
/** A moderator of the group, on its host; somebody of another server who writes in it; a moderator there. */
let mod: RemoteActor
let far: RemoteActor
let farMod: RemoteActor
/** By `far` in the group, by `far` outside of it, and by the member in the group. */
let thread: Post
let outside: Post
let own: Post

beforeAll(async () => {
  ;[home, away] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)

beforeEach(async () => {
  home.clear()
  away.clear()
  ;({ bea } = await cast('bea'))
  tea = await home.actor('tea', { kind: 'group', moderatorsUrl: `${home.uri('tea')}/moderators` })
  mod = await home.actor('mod')
  ;[far, farMod] = [await away.actor('far'), await away.actor('farmod')]
  await Promise.all([follow(bea, tea), follow(bea, far)])
  const page = serve(noteOf(far, 'thread', { type: 'Page', name: 'About tea', audience: tea.uri }))
  await relay(activityOf(far, 'Create', page))
  const note = serve(noteOf(far, 'outside'))
  await tell(far, activityOf(far, 'Create', note))
  const mine = await as(bea, createPost, { text: 'is it hot?', groupId: tea.account.id })
  await relay(
    activityOf({ ...far, uri: accountUri(bea.account) }, 'Create', { id: postUri(mine), audience: tea.uri }),
  )
  ;[thread, outside] = [await find(page.id), await find(note.id)]
  own = await mine.reload()
})

function serve(object: Json): Json {
  away.serve(new URL(String(object.id)).pathname, object)
  return object
}
const find = async (uri: unknown) => (await Post.findOne({ where: { uri: String(uri) } }))!
const relay = (...inner: Json[]) =>
  tell(tea, activityOf(tea, 'Announce', inner.length === 1 ? inner[0] : inner))
const undo = (done: Json, by: RemoteActor) => activityOf(by, 'Undo', done)
const featured = () => ({ target: `${tea.uri}/featured` })
const moderators = () => ({ target: `${tea.uri}/moderators` })

/** What the group has to say about here. */
async function state() {
  const [marks, roles, blocks, posts, boosts] = await Promise.all([
    rows<{ post: string; locked: boolean; pinned: boolean; removed: boolean }>(
      {},
      `SELECT post_id AS post, locked_at IS NOT NULL AS locked, pinned_at IS NOT NULL AS pinned, removed_at IS NOT NULL AS removed
       FROM group_marks WHERE coalesce(locked_at, pinned_at, removed_at) IS NOT NULL`,
    ),
    rows<{ id: string }>({}, 'SELECT account_id AS id FROM group_roles'),
    Block.findAll(),
    Post.findAll({ where: { boostOfId: null } }),
    Post.findAll({ where: { authorId: tea.account.id } }),
  ])
  const names = new Map([
    [thread.id, 'thread'],
    [outside.id, 'outside'],
    [own.id, 'own'],
  ])
  const called = (id: string | null) => names.get(id ?? '') ?? 'another'
  const having = (mark: 'locked' | 'pinned' | 'removed') =>
    marks.filter((each) => each[mark]).map((each) => called(each.post))
  return {
    locked: having('locked'),
    pinned: having('pinned'),
    removed: having('removed'),
    moderators: roles.map(({ id }) => id),
    banned: blocks.map(({ blockerId, blockedId }) => [blockerId, blockedId]),
    here: posts.map(({ id }) => called(id)).toSorted(),
    inGroup: posts.filter(({ groupId }) => groupId === tea.account.id).map(({ id }) => called(id)),
    boosted: boosts.map(({ boostOfId }) => called(boostOfId)).toSorted(),
    words: posts.find(({ id }) => id === thread.id)?.html,
  }
}

test('federation rule 207: what a group passes on is in it when it is addressed to it, and by its word alone in none', async () => {
  await relay(activityOf(far, 'Create', { id: outside.uri!, audience: tea.uri }))
  expect(thread.groupId).toBe(tea.account.id)
  expect(own.groupId).toBe(tea.account.id)
  expect((await outside.reload()).groupId).toBeNull()
  const answer = serve(noteOf(far, 'answer', { inReplyTo: thread.uri }))
  await relay(activityOf(far, 'Create', answer))
  expect((await find(answer.id)).groupId).toBe(tea.account.id)
})

test('groups-04, federation rules 63, 69, 72, 75: what a group says was done in it counts for what is in it, and is undone', async () => {
  const me = accountUri(bea.account)
  const before = await state()
  expect(before).toMatchObject({ inGroup: expect.arrayContaining(['thread', 'own']), locked: [], pinned: [] })
  const honoured: [RemoteActor, string, unknown, Json, Partial<typeof before>][] = [
    [mod, 'Lock', thread.uri, {}, { locked: ['thread'] }],
    [farMod, 'Lock', postUri(own), {}, { locked: ['own'] }],
    [tea, 'Lock', thread.uri, {}, { locked: ['thread'] }],
    [mod, 'Add', thread.uri, featured(), { pinned: ['thread'] }],
    [farMod, 'Add', me, moderators(), { moderators: [bea.account.id] }],
    [mod, 'Block', me, { target: tea.uri }, { banned: [[tea.account.id, bea.account.id]] }],
    [mod, 'Delete', thread.uri, { summary: 'off topic' }, { removed: ['thread'], boosted: ['own'] }],
    [farMod, 'Delete', postUri(own), {}, { removed: ['own'], boosted: ['thread'] }],
  ]
  for (const [by, type, object, more, after] of honoured) {
    const done = activityOf(by, type, object, more)
    await relay(done)
    const removed = after.removed ?? []
    const inGroup = before.inGroup.filter((each) => !removed.includes(each))
    expect({ type, ...(await state()) }).toEqual({ type, ...before, inGroup, ...after })
    // Where one takes back by its own word, that is heeded as well.
    const back = type === 'Add' ? activityOf(by, 'Remove', object, more) : undo(done, by)
    await relay(back)
    // Whoever was banned is no member any more; the group may say that it is over all the same.
    if (after.banned) await follow(bea, tea)
    const { inGroup: again, ...restored } = await state()
    expect({ type, ...restored, inGroup: again.toSorted() }).toEqual({
      type,
      ...before,
      inGroup: before.inGroup.toSorted(),
    })
  }
})

test('groups-04, federation rules 62, 69, 72, 75: what is not within the powers of a group is refused', async () => {
  const me = accountUri(bea.account)
  const before = await state()
  const refused: [RemoteActor, string, unknown, Json][] = [
    [mod, 'Lock', outside.uri, {}],
    [mod, 'Lock', far.uri, {}],
    [mod, 'Add', outside.uri, featured()],
    [mod, 'Add', thread.uri, { target: `${far.uri}/featured` }],
    [mod, 'Add', me, { target: `${tea.uri}/followers` }],
    [mod, 'Add', me, { target: `${far.uri}/moderators` }],
    [mod, 'Add', farMod.uri, moderators()],
    [mod, 'Block', me, {}],
    [mod, 'Block', me, { target: `http://${home.domain}/` }],
    [mod, 'Block', far.uri, { target: tea.uri }],
    [mod, 'Block', me, { target: tea.uri, endTime: '2030-01-01T00:00:00Z' }],
    [mod, 'Delete', outside.uri, {}],
    [mod, 'Delete', far.uri, {}],
    [mod, 'Delete', me, {}],
    [mod, 'Update', { ...noteOf(far, 'thread'), content: '<p>forged</p>' }, {}],
    [far, 'Update', { ...noteOf(far, 'thread'), content: '<p>forged</p>' }, {}],
    [mod, 'Update', { ...noteOf(far, 'outside'), commentsEnabled: false }, {}],
  ]
  for (const [by, type, object, more] of refused) {
    const done = activityOf(by, type, object, more)
    await relay(done, undo(done, by))
    expect({ type, object, ...(await state()) }).toEqual({ type, object, ...before })
  }
  // None of it counts when anybody else says so, be it a moderator.
  for (const by of [mod, far, farMod])
    for (const [type, more] of [['Lock'], ['Delete'], ['Add', featured()]] as const)
      await tell(by, activityOf(by, type, postUri(own), { audience: tea.uri, ...more }))
  await tell(mod, activityOf(mod, 'Announce', activityOf(mod, 'Lock', thread.uri)))
  // Nor when the id is of another server than the actor.
  await relay({ ...activityOf(mod, 'Lock', thread.uri), id: `${far.uri}/locks/1` })
  expect(await state()).toEqual(before)
})

test('groups-04, groups-11: an Update of a thread by a moderator locks and pins it, and changes none of its words', async () => {
  const { words } = await state()
  const said = { ...noteOf(far, 'thread'), content: '<p>forged</p>' }
  await relay(activityOf(mod, 'Update', { ...said, commentsEnabled: false, stickied: true }))
  expect(await state()).toMatchObject({ locked: ['thread'], pinned: ['thread'], words })
  await relay(activityOf(mod, 'Update', { ...said, commentsEnabled: true, stickied: false }))
  expect(await state()).toMatchObject({ locked: [], pinned: [], words })
})

test('deletes-tombstones-05: what a moderator took out is gone when its own server says so, too', async () => {
  away.serve('/users/far/notes/thread', undefined)
  await relay(activityOf(mod, 'Delete', thread.uri))
  expect(await state()).toMatchObject({ here: ['outside', 'own'], boosted: ['own'] })
})

test('groups-11: in a thread that a group elsewhere locked a member gets an answer that says so', async () => {
  const answer = () => client(bea).post('/api/v1/statuses', { status: 'but', in_reply_to_id: thread.id })
  const lock = activityOf(mod, 'Lock', thread.uri)
  await relay(lock)
  expect(await answer()).toMatchObject({ status: 422, body: { error: expect.stringMatching(/moderators/) } })
  await relay(activityOf(mod, 'Add', accountUri(bea.account), moderators()))
  expect((await answer()).status).toBe(200)
  await relay(activityOf(mod, 'Remove', accountUri(bea.account), moderators()))
  expect((await answer()).status).toBe(422)
  await relay(undo(lock, mod))
  expect((await answer()).status).toBe(200)
})

test('groups-04, federation rule 74: a vote of somebody elsewhere on what a member wrote counts when their own server says it', async () => {
  const likes = () => Reaction.findAll({ where: { accountId: far.account.id }, order: ['id'] })
  const dislikes = () => row({}, 'SELECT 1 FROM dislikes WHERE account_id = $1', [far.account.id])
  const mine = await post(bea)
  const object = postUri(mine)
  const like = activityOf(far, 'Like', object)
  await relay(like)
  expect(await likes()).toEqual([])
  for (const other of [
    { ...like, actor: farMod.uri },
    { ...like, type: 'Dislike' },
    { ...like, object: postUri(own) },
  ]) {
    const fresh = activityOf(far, 'Like', object)
    serve({ ...other, id: fresh.id })
    await relay(fresh)
  }
  expect(await likes()).toEqual([])
  const told = serve(activityOf(far, 'Like', object))
  await relay(told, activityOf(far, 'Like', thread.uri))
  expect(await likes()).toMatchObject([{ postId: mine.id, uri: told.id }])
  const back = undo(told, far)
  await relay(back)
  expect(await likes()).toHaveLength(1)
  await relay(serve(undo(told, far)))
  expect(await likes()).toEqual([])
  await relay(serve(activityOf(far, 'Dislike', object)))
  expect(await dislikes()).toBeDefined()
})

test('federation rule 74: of votes by others on what others wrote nothing is fetched', async () => {
  const like = serve(activityOf(far, 'Like', thread.uri))
  away.requests.length = 0
  await relay(like, undo(like, far))
  expect(away.requests).toEqual([])
  expect(await Reaction.count()).toBe(0)
})

test('federation rule 63: a post of a member that was in a group elsewhere ends by the member, and its group is named', async () => {
  expect(await Follow.count()).toBe(2)
  expect((await client(bea).delete(`/api/v1/statuses/${own.id}`)).status).toBe(200)
  await settle()
  const sent = await rows<{ body: string; senderId: string }>(
    {},
    `SELECT body, sender_id AS "senderId" FROM outgoing_activities WHERE sender_id IN ($1, $2) ORDER BY id`,
    [bea.account.id, tea.account.id],
  )
  expect(new Set(sent.map(({ senderId }) => senderId))).toEqual(new Set([bea.account.id]))
  expect(JSON.parse(sent.at(-1)!.body)).toMatchObject({ type: 'Delete', audience: tea.uri })
})
