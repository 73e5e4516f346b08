import { addAlias } from '#core/accounts/add-alias'
import { Account } from '#core/accounts/account.model'
import { cancelMove } from '#core/accounts/cancel-move'
import { moveAccount } from '#core/accounts/move-account'
import { removeAlias } from '#core/accounts/remove-alias'
import { accountUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { boostPost } from '#core/posts/boost-post'
import { addToList } from '#core/relationships/add-to-list'
import { Block } from '#core/relationships/block.model'
import { createList } from '#core/relationships/create-list'
import { Follow } from '#core/relationships/follow.model'
import { ListMember } from '#core/relationships/list-member.model'
import { Mute } from '#core/relationships/mute.model'
import { actorDocument } from '#federation/actors'
import { takeActivity } from '#federation/take-activity'
import { remote } from '#federation/remote'
import { rows } from '#platform/db'
import { transact } from '#platform/transact'
import { as, cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { activityOf, type RemoteActor, signedPost } from '#test/support/remote-actor'
import { closeListeners } from '#test/support/listener'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let far: StubFediverse
let old: RemoteActor
let fresh: RemoteActor

beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice }, old, fresh] = await Promise.all([cast('alice'), far.actor('old'), far.actor('fresh')])
  far.describe('fresh', { alsoKnownAs: [old.uri] })
  far.describe('old', { movedTo: fresh.uri })
})

const follows = (follower: Account, followed: Account) =>
  transact({}, async ({ tx: transaction }) => {
    await Follow.create(
      { followerId: follower.id, followedId: followed.id, state: 'accepted' },
      { transaction },
    )
    await follower.increment('followingCount', { transaction })
    await followed.increment('followersCount', { transaction })
  })
const move = (more = {}) => activityOf(old, 'Move', old.uri, { target: fresh.uri, ...more })
const tell = async (activity: object) => {
  expect(await takeActivity(signedPost(old, { ...activity }))).toMatchObject({ status: 202 })
  await settle()
}
const hurry = async () => {
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'inbox'`)
  await settle()
}
const followed = async () =>
  (await Follow.findAll({ where: { followerId: alice.account.id } })).map(({ followedId }) => followedId)
describe('somebody elsewhere moves', () => {
  beforeEach(() => follows(alice.account, old.account))

  test('federation rule 71, FEP-7628: followers follow the new account and no more the old one', async () => {
    const list = await as(alice, createList, { title: 'friends', repliesPolicy: 'list', isExclusive: false })
    await as(alice, addToList, { listId: list.id, accountIds: [old.account.id] })
    await Follow.update({ showsBoosts: false }, { where: { followerId: alice.account.id } })
    await tell(move())
    expect(await old.account.reload()).toMatchObject({ movedToId: fresh.account.id, followersCount: 0 })
    expect(await Follow.findAll()).toEqual([
      expect.objectContaining({ followedId: fresh.account.id, state: 'pending', showsBoosts: false }),
    ])
    expect((await ListMember.findAll()).map(({ accountId }) => accountId)).toEqual([fresh.account.id])
    expect((await sentActivities()).map(({ type }) => type).sort()).toEqual(['Follow', 'Undo'])
  })

  test('R-021: 200 copies of a Move, past the inbox, move a follower once', async () => {
    const payload = { activity: move(), isForwarded: false }
    await rows(
      {},
      `INSERT INTO owed_work (kind, payload) SELECT 'inbox', $1::jsonb FROM generate_series(1, 200)`,
      [JSON.stringify(payload)],
    )
    await settle()
    expect(await followed()).toEqual([fresh.account.id])
    expect([
      (await old.account.reload()).followersCount,
      (await alice.account.reload()).followingCount,
    ]).toEqual([0, 0])
    expect((await sentActivities()).map(({ type }) => type).sort()).toEqual(['Follow', 'Undo'])
    expect(await rows({}, 'SELECT 1 FROM owed_work WHERE dead_at IS NOT NULL')).toEqual([])
  })

  test('R-023: a Move that came before the new account names the old one waits for that, up to a day', async () => {
    far.describe('fresh', {})
    await tell(move())
    expect(await followed()).toEqual([old.account.id])
    await hurry()
    expect(await followed()).toEqual([old.account.id])
    far.describe('fresh', { alsoKnownAs: [old.uri] })
    await hurry()
    expect(await followed()).toEqual([fresh.account.id])
  })

  test('a Move to an account that never names the old one is forgotten after a day', async () => {
    far.describe('fresh', {})
    await tell(move())
    for (let looks = 0; looks < 8; looks += 1) await hurry()
    expect(await rows({}, `SELECT 1 FROM owed_work WHERE kind = 'inbox'`)).toEqual([])
    expect(await followed()).toEqual([old.account.id])
  })

  test('the old account must not name a third one', async () => {
    far.describe('old', { movedTo: far.uri('third') })
    await tell(move())
    expect(await followed()).toEqual([old.account.id])
  })

  test('federation rule 71: nobody moves somebody else, or again within a week', async () => {
    const mal = await far.actor('mal')
    await takeActivity(signedPost(mal, activityOf(mal, 'Move', old.uri, { target: fresh.uri })))
    await settle()
    expect(await followed()).toEqual([old.account.id])
    await tell(move())
    const third = await far.actor('third')
    far.describe('third', { alsoKnownAs: [old.uri] })
    far.describe('old', { movedTo: third.uri })
    await follows(alice.account, old.account)
    await tell(move({ target: third.uri }))
    expect((await followed()).sort()).toEqual([old.account.id, fresh.account.id].sort())
    await old.account.update({ movedAt: new Date(Date.now() - 8 * 86_400_000) })
    await tell(move({ target: third.uri }))
    expect((await followed()).sort()).toEqual([fresh.account.id, third.account.id].sort())
  })

  test('blocks and mutes of members go along', async () => {
    const { bob, carol } = await cast('bob', 'carol')
    await Block.create({ blockerId: bob.account.id, blockedId: old.account.id })
    await Mute.create({ muterId: carol.account.id, mutedId: old.account.id })
    await Block.create({ blockerId: alice.account.id, blockedId: fresh.account.id })
    await tell(move())
    expect(await followed()).toEqual([])
    expect(await Block.count({ where: { blockerId: bob.account.id, blockedId: fresh.account.id } })).toBe(1)
    expect(await Mute.count({ where: { muterId: carol.account.id, mutedId: fresh.account.id } })).toBe(1)
  })
})

describe('a member moves', () => {
  const as2 = (who: Member) => ({ ...who.ctx, remote })

  test('aliases stand in the actor document, and followers are told of them', async () => {
    await follows(old.account, alice.account)
    await addAlias(as2(alice), { acct: `old@${far.domain}` })
    await settle()
    const account = await alice.account.reload()
    expect(await actorDocument(account)).toMatchObject({ alsoKnownAs: [old.uri] })
    expect(await sentActivities()).toMatchObject([{ type: 'Update', object: { alsoKnownAs: [old.uri] } }])
    await removeAlias(alice.ctx, { uri: old.uri })
    expect((await alice.account.reload()).alsoKnownAs).toEqual([])
    await expect(addAlias(alice.ctx, { acct: 'alice' })).rejects.toThrow('itself')
  })

  test('to an account that names theirs: followers here and elsewhere are led there, and no post follows', async () => {
    const { bob } = await cast('bob')
    await follows(bob.account, alice.account)
    await follows(old.account, alice.account)
    far.describe('fresh', { alsoKnownAs: [accountUri(alice.account)] })
    const seen = await post(bob)
    await moveAccount(as2(alice), { acct: `fresh@${far.domain}` })
    await settle()
    const account = await alice.account.reload()
    expect(account.movedToId).toBe(fresh.account.id)
    expect(await actorDocument(account)).toMatchObject({ movedTo: fresh.uri })
    const told = await sentActivities()
    expect(told.find(({ type }) => type === 'Move')).toMatchObject({
      actor: accountUri(account),
      object: accountUri(account),
      target: fresh.uri,
      to: [`${accountUri(account)}/followers`],
    })
    expect(told.find(({ type }) => type === 'Update')?.object).toMatchObject({ movedTo: fresh.uri })
    expect(await Follow.findOne({ where: { followerId: bob.account.id } })).toMatchObject({
      followedId: fresh.account.id,
    })
    await expect(as(alice, createPost, { text: 'hello' })).rejects.toThrow('moved')
    await expect(as(alice, boostPost, { postId: seen.id })).rejects.toThrow('moved')
    await cancelMove(alice.ctx)
    expect(await actorDocument(await alice.account.reload())).not.toHaveProperty('movedTo')
    await expect(as(alice, createPost, { text: 'back' })).resolves.toBeDefined()
  })

  test('a Follow of somebody who moved away is refused', async () => {
    await alice.account.update({ movedToId: fresh.account.id })
    await takeActivity(signedPost(old, activityOf(old, 'Follow', accountUri(alice.account))))
    await settle()
    expect(await Follow.count()).toBe(0)
    expect((await sentActivities()).map(({ type }) => type)).toEqual(['Reject'])
  })

  test('not to oneself, not to an account that does not say so, and not twice in a week', async () => {
    const to = (acct: string) => moveAccount(as2(alice), { acct })
    await expect(to('alice')).rejects.toThrow('itself')
    await expect(to(`fresh@${far.domain}`)).rejects.toThrow('alias')
    await expect(to(`nobody@${far.domain}`)).rejects.toMatchObject({ name: 'NotFound' })
    for (const name of ['fresh', 'old']) far.describe(name, { alsoKnownAs: [accountUri(alice.account)] })
    await to(`fresh@${far.domain}`)
    await expect(to(`old@${far.domain}`)).rejects.toThrow('after 7 days')
  })
})
