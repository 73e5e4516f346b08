import { Account } from '#core/accounts/account.model'
import { acceptFollow } from '#core/relationships/accept-follow'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { followAccount } from '#core/relationships/follow-account'
import { receiveAnswer } from '#core/relationships/receive-answer'
import { receiveFollow } from '#core/relationships/receive-follow'
import { rejectFollow } from '#core/relationships/reject-follow'
import { removeFollower } from '#core/relationships/remove-follower'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { withdrawFollow } from '#core/relationships/withdraw-follow'
import { Forbidden, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { as, cast, member, stranger } from '#test/factories/account'
import { statedFacts } from '#test/support/facts'

const counts = async (id: Id) => {
  const { followersCount, followingCount } = await Account.findByPk(id, { rejectOnEmpty: true })
  return [followersCount, followingCount]
}
const uri = 'https://remote.example/follows/1'

test('ACCT-22: a follow of an open member holds at once and is counted once', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await Promise.all(Array.from({ length: 20 }, () => as(alice, followAccount, { accountId: bob.account.id })))
  expect(await Follow.findAll()).toMatchObject([{ state: 'accepted', uri: null }])
  expect(await counts(bob.account.id)).toEqual([1, 0])
  expect(await counts(alice.account.id)).toEqual([0, 1])
  expect(await statedFacts('follow.accepted')).toHaveLength(1)
})

test('ACCT-22: a follow of a locked member or of anybody elsewhere waits for its answer', async () => {
  const { alice } = await cast('alice')
  const locked = await member('locked', { account: { isLocked: true } })
  const remote = await stranger('remote')
  await as(alice, followAccount, { accountId: locked.account.id })
  await as(alice, followAccount, { accountId: remote.id })
  expect((await Follow.findAll()).map(({ state }) => state)).toEqual(['pending', 'pending'])
  expect(await counts(alice.account.id)).toEqual([0, 0])
  expect(await statedFacts('follow.requested')).toHaveLength(2)
})

test('ACCT-23: a second follow changes its options and nothing else', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id, notifies: true })
  await as(alice, followAccount, { accountId: bob.account.id, showsBoosts: false, languages: ['de'] })
  expect(await Follow.findAll()).toMatchObject([{ notifies: true, showsBoosts: false, languages: ['de'] }])
  expect(await counts(bob.account.id)).toEqual([1, 0])
  expect(await statedFacts('follow.accepted')).toHaveLength(1)
})

test('ACCT-24: nobody follows oneself, somebody who moved, or across a block; who is gone is not found', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const moved = await member('moved', { account: { movedToId: bob.account.id } })
  const suspended = await member('suspended', { account: { suspendedAt: new Date() } })
  await Block.create({ blockerId: bob.account.id, blockedId: alice.account.id })
  await Block.create({ blockerId: alice.account.id, blockedId: carol.account.id })
  const follow = (accountId: Id) => as(alice, followAccount, { accountId })
  for (const { account } of [alice, bob, carol, moved])
    await expect(follow(account.id)).rejects.toThrow(Forbidden)
  await expect(follow(suspended.account.id)).rejects.toThrow(NotFound)
  await expect(follow('12345')).rejects.toThrow(NotFound)
  expect(await Follow.count()).toBe(0)
})

test('ACCT-25: an unfollow takes back follow or request, and does nothing when there is none', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const remote = await stranger('remote')
  await as(alice, followAccount, { accountId: bob.account.id })
  await as(alice, followAccount, { accountId: remote.id })
  for (const accountId of [bob.account.id, remote.id, bob.account.id])
    await as(alice, unfollowAccount, { accountId })
  expect(await Follow.count()).toBe(0)
  expect(await counts(bob.account.id)).toEqual([0, 0])
  expect((await statedFacts('follow.ended')).map(({ wasAccepted }) => wasAccepted)).toEqual([true, false])
})

test('ACCT-26: a follower who is removed follows no longer', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id })
  await as(bob, removeFollower, { accountId: alice.account.id })
  await as(bob, removeFollower, { accountId: alice.account.id })
  expect(await Follow.count()).toBe(0)
  expect(await counts(bob.account.id)).toEqual([0, 0])
  expect(await statedFacts('follow.rejected')).toHaveLength(1)
})

test('ACCT-38: a request is accepted or refused once', async () => {
  const { alice, carol } = await cast('alice', 'carol')
  const bob = await member('bob', { account: { isLocked: true } })
  await as(alice, followAccount, { accountId: bob.account.id })
  await as(carol, followAccount, { accountId: bob.account.id })
  await as(bob, acceptFollow, { accountId: alice.account.id })
  await as(bob, rejectFollow, { accountId: carol.account.id })
  await expect(as(bob, acceptFollow, { accountId: alice.account.id })).rejects.toThrow(NotFound)
  await expect(as(bob, rejectFollow, { accountId: carol.account.id })).rejects.toThrow(NotFound)
  expect(await Follow.findAll()).toMatchObject([{ followerId: alice.account.id, state: 'accepted' }])
  expect(await counts(bob.account.id)).toEqual([1, 0])
})

test('R-021: two hundred copies of a Follow make one row, one step and one fact', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  const received = { followerId: remote.id, followedId: alice.account.id, uri }
  await Promise.all(Array.from({ length: 200 }, () => receiveFollow(alice.ctx, received)))
  expect(await Follow.findAll()).toMatchObject([{ state: 'accepted', uri }])
  expect(await counts(alice.account.id)).toEqual([1, 0])
  expect(await statedFacts('follow.accepted')).toHaveLength(1)
})

test('federation rule 127: a Follow of somebody who follows already is answered again', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  const received = { followerId: remote.id, followedId: alice.account.id }
  await receiveFollow(alice.ctx, { ...received, uri })
  await receiveFollow(alice.ctx, { ...received, uri: `${uri}0` })
  expect((await statedFacts('follow.accepted')).map((fact) => fact.uri)).toEqual([uri, `${uri}0`])
  expect(await counts(alice.account.id)).toEqual([1, 0])
})

test('a Follow from somebody blocked is refused and leaves no row', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await Block.create({ blockerId: alice.account.id, blockedId: remote.id })
  await receiveFollow(alice.ctx, { followerId: remote.id, followedId: alice.account.id, uri })
  expect(await Follow.count()).toBe(0)
  expect(await statedFacts('follow.rejected')).toMatchObject([{ followerId: remote.id, uri }])
})

test('federation rules 67 and 68: only an answer to a Follow that was sent from here counts', async () => {
  const { alice } = await cast('alice')
  const [asked, unasked] = [await stranger('asked'), await stranger('unasked')]
  const followerId = alice.account.id
  await as(alice, followAccount, { accountId: asked.id })
  expect(await receiveAnswer(alice.ctx, { followerId, followedId: unasked.id, isAccepted: true })).toBe(false)
  expect(await receiveAnswer(alice.ctx, { followerId, followedId: asked.id, isAccepted: true })).toBe(true)
  await receiveAnswer(alice.ctx, { followerId, followedId: asked.id, isAccepted: true })
  expect(await counts(followerId)).toEqual([0, 1])
  expect(await statedFacts('follow.accepted')).toHaveLength(1)
  await receiveAnswer(alice.ctx, { followerId, followedId: asked.id, isAccepted: false })
  expect(await receiveAnswer(alice.ctx, { followerId, followedId: asked.id, isAccepted: true })).toBe(false)
  expect(await Follow.count()).toBe(0)
  expect(await counts(followerId)).toEqual([0, 0])
})

test('R-023: an Undo that overtakes its Follow keeps it out, one that comes after ends it', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  const ids = { followerId: remote.id, followedId: alice.account.id }
  await withdrawFollow(alice.ctx, { ...ids, uri })
  await receiveFollow(alice.ctx, { ...ids, uri })
  expect(await Follow.count()).toBe(0)
  await receiveFollow(alice.ctx, { ...ids, uri: `${uri}1` })
  expect(await counts(alice.account.id)).toEqual([1, 0])
  await withdrawFollow(alice.ctx, { followerId: remote.id, uri: `${uri}1`, followedId: null })
  expect(await Follow.count()).toBe(0)
  expect(await counts(alice.account.id)).toEqual([0, 0])
  expect(await statedFacts('follow.ended')).toMatchObject([{ wasAccepted: true }])
})
