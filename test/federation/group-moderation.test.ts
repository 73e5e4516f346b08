import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import { banMembers } from '#core/groups/ban-members'
import { changeRank } from '#core/groups/change-rank'
import { rankIn } from '#core/groups/group.policy'
import { markGroupPost } from '#core/groups/mark-group-post'
import { removeGroupPost } from '#core/groups/remove-group-post'
import { unbanMembers } from '#core/groups/unban-members'
import { endAccount } from '#core/accounts/end-account'
import { Post } from '#core/posts/post.model'
import { Block } from '#core/relationships/block.model'
import { documentAt } from '#federation/documents'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
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
let mod: RemoteActor
let thread: Post

beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
  tea = await group(alice)
  teaUri = accountUri(tea)
  ;[joe, mod] = await Promise.all([remoteActor('joe'), remoteActor('mod', 'far.example')])
  await Promise.all([bob, joe, mod].map((each) => follow(each, tea)))
  await as(alice, changeRank, { groupId: tea.id, accountIds: [mod.account.id], role: 'admin' })
  const object = noteOf(joe, 'one', { to: [teaUri, PUBLIC] })
  await tell(joe, activityOf(joe, 'Create', object, { to: [teaUri, PUBLIC] }))
  thread = (await Post.findOne({ where: { uri: String(object.id) } }))!
  await rows({}, `DELETE FROM outgoing_activities`)
})

/** What the group has passed on since. */
async function relayed(): Promise<Json[]> {
  await settle()
  const found = await rows<{ body: string }>(
    {},
    `SELECT body FROM outgoing_activities WHERE sender_id = $1 AND type = 'Announce' ORDER BY id`,
    [tea.id],
  )
  return found.map(({ body }) => (JSON.parse(body) as Json).object as Json)
}

const served = async (list: string) =>
  (await documentAt(`${new URL(teaUri).pathname}/${list}`, async () => undefined))?.body.orderedItems

const told = (actor: RemoteActor, type: string, object: unknown, more: Json = {}): Json =>
  activityOf(actor, type, object, { cc: [teaUri], audience: teaUri, ...more })

test('groups-10: who moderates a group is listed, and changes are announced as Add and Remove of its moderators', async () => {
  const [bobUri, me] = [accountUri(bob.account), accountUri(alice.account)]
  const wish = { groupId: tea.id, accountIds: [bob.account.id] }
  await as(alice, changeRank, { ...wish, role: 'moderator' })
  expect(await served('moderators')).toEqual([me, mod.uri, bobUri])
  await as(alice, changeRank, { ...wish, role: 'user' })
  expect(await served('moderators')).toEqual([me, mod.uri])
  const target = `${teaUri}/moderators`
  expect(await relayed()).toMatchObject([
    { type: 'Add', actor: me, object: bobUri, target, audience: teaUri, cc: [teaUri] },
    { type: 'Remove', actor: me, object: bobUri, target, audience: teaUri },
  ])
})

test('groups-10, federation rule 206: a ban is announced as a Block with the group as its target, and so is its end', async () => {
  const wish = { groupId: tea.id, accountIds: [joe.account.id] }
  await as(alice, banMembers, wish)
  const [ban] = await relayed()
  expect(ban).toMatchObject({
    type: 'Block',
    actor: accountUri(alice.account),
    object: joe.uri,
    target: teaUri,
  })
  await as(alice, unbanMembers, wish)
  const { '@context': _, ...inner } = ban!
  expect((await relayed()).at(-1)).toMatchObject({ type: 'Undo', object: inner })
  expect(await Block.count()).toBe(0)
})

test('groups-11: locks and pins of moderators are announced, and pins are in the featured posts of the group', async () => {
  const wish = { groupId: tea.id, postId: thread.id }
  await as(alice, markGroupPost, { ...wish, mark: 'pin', isOn: true })
  await as(alice, markGroupPost, { ...wish, mark: 'pin', isOn: true })
  await as(alice, markGroupPost, { ...wish, mark: 'lock', isOn: true })
  expect(await served('featured')).toEqual([thread.uri])
  await as(alice, markGroupPost, { ...wish, mark: 'lock', isOn: false })
  await as(alice, markGroupPost, { ...wish, mark: 'pin', isOn: false })
  expect(await served('featured')).toEqual([])
  const all = await relayed()
  expect(all).toHaveLength(4)
  expect(all).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'Add', object: thread.uri, target: `${teaUri}/featured` }),
      expect.objectContaining({ type: 'Lock', object: thread.uri }),
      expect.objectContaining({
        type: 'Undo',
        object: expect.objectContaining({ type: 'Lock', object: thread.uri }),
      }),
      expect.objectContaining({ type: 'Remove', object: thread.uri, target: `${teaUri}/featured` }),
    ]),
  )
})

test('groups-02: a post that a moderator takes out is announced as deleted, and its boost is undone', async () => {
  await as(alice, removeGroupPost, { groupId: tea.id, postId: thread.id })
  expect(await relayed()).toMatchObject([
    { type: 'Delete', actor: accountUri(alice.account), object: thread.uri },
  ])
  const undone = await rows<{ body: string }>(
    {},
    `SELECT body FROM outgoing_activities WHERE type LIKE 'Undo%'`,
  )
  expect(undone.map(({ body }) => JSON.parse(body))).toMatchObject([
    { type: 'Undo', actor: teaUri, object: { type: 'Announce', object: thread.uri } },
  ])
  expect(await Post.findByPk(thread.id)).toMatchObject({ groupId: null })
})

test('groups-10, groups-11: what moderators elsewhere do counts, and is passed on as it came', async () => {
  const list = `${teaUri}/moderators`
  const deeds = [
    told(mod, 'Add', joe.uri, { target: list }),
    told(mod, 'Remove', joe.uri, { target: list }),
    told(mod, 'Add', thread.uri, { target: `${teaUri}/featured` }),
    told(mod, 'Lock', thread.uri),
    told(mod, 'Block', joe.uri, { target: teaUri }),
  ]
  await tell(mod, deeds[0]!)
  expect(await rankIn(alice.ctx, tea.id, joe.account.id)).toBe('moderator')
  for (const deed of deeds.slice(1)) await tell(mod, deed)
  expect(await rankIn(alice.ctx, tea.id, joe.account.id)).toBeUndefined()
  const marks = 'SELECT locked_at IS NOT NULL AS locked, pinned_at IS NOT NULL AS pinned FROM group_marks'
  expect(await rows({}, marks)).toEqual([{ locked: true, pinned: true }])
  expect(await Block.findAll()).toMatchObject([{ blockerId: tea.id, blockedId: joe.account.id }])
  const more = [
    told(mod, 'Undo', deeds[4]),
    told(mod, 'Undo', deeds[3]),
    told(mod, 'Remove', thread.uri, { target: `${teaUri}/featured` }),
    told(mod, 'Delete', thread.uri),
  ]
  for (const deed of more) await tell(mod, deed)
  expect(await Block.count()).toBe(0)
  expect(await Post.findByPk(thread.id)).toMatchObject({ groupId: null, uri: thread.uri })
  expect(await relayed()).toEqual([...deeds, ...more])
})

test('federation rules 72, 75, 206: what others than its moderators do to a group changes nothing and is not passed on', async () => {
  const deeds = [
    told(joe, 'Add', joe.uri, { target: `${teaUri}/moderators` }),
    told(joe, 'Remove', mod.uri, { target: `${teaUri}/moderators` }),
    told(joe, 'Add', thread.uri, { target: `${teaUri}/featured` }),
    told(joe, 'Lock', thread.uri),
    told(joe, 'Block', accountUri(bob.account), { target: teaUri }),
    told(mod, 'Block', accountUri(alice.account), { target: teaUri }),
    told(mod, 'Remove', accountUri(alice.account), { target: `${teaUri}/moderators` }),
    told(mod, 'Add', thread.uri, { target: `${accountUri(bob.account)}/featured` }),
  ]
  for (const deed of deeds) expect((await tell(deed.actor === joe.uri ? joe : mod, deed)).status).toBe(202)
  const eve = await remoteActor('eve', 'far.example')
  await tell(eve, told(eve, 'Delete', thread.uri))
  expect(await relayed()).toEqual([])
  expect(await rankIn(alice.ctx, tea.id, mod.account.id)).toBe('admin')
  expect(await rankIn(alice.ctx, tea.id, alice.account.id)).toBe('owner')
  expect(await Block.count()).toBe(0)
  expect(await rows({}, 'SELECT 1 FROM group_marks')).toEqual([])
  expect(await Post.findByPk(thread.id)).toMatchObject({ groupId: tea.id })
})

test('a group whose owner is gone goes to its first admin', async () => {
  await as(alice, changeRank, { groupId: tea.id, accountIds: [bob.account.id], role: 'moderator' })
  await endAccount(alice.ctx, { accountId: alice.account.id })
  await settle()
  expect(await rankIn(alice.ctx, tea.id, mod.account.id)).toBe('owner')
  expect(await rankIn(alice.ctx, tea.id, bob.account.id)).toBe('moderator')
  expect(await rankIn(alice.ctx, tea.id, alice.account.id)).toBeUndefined()
})
