import { Account } from '#core/accounts/account.model'
import { Block } from '#core/relationships/block.model'
import { blockAccount } from '#core/relationships/block-account'
import { expireMutes } from '#core/relationships/expire-mutes'
import { Follow } from '#core/relationships/follow.model'
import { followAccount } from '#core/relationships/follow-account'
import { List } from '#core/relationships/list.model'
import { ListMember } from '#core/relationships/list-member.model'
import { Mute } from '#core/relationships/mute.model'
import { muteAccount } from '#core/relationships/mute-account'
import { receiveBlock } from '#core/relationships/receive-block'
import { unblockAccount } from '#core/relationships/unblock-account'
import { unmuteAccount } from '#core/relationships/unmute-account'
import { withdrawBlock } from '#core/relationships/withdraw-block'
import { shiftClock } from '#platform/clock'
import { as, cast, stranger } from '#test/factories/account'
import { statedFacts } from '#test/support/facts'

const uri = 'https://remote.example/blocks/1'

test('ACCT-27: a block cuts follows and list membership both ways; its end restores nothing', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id })
  await as(bob, followAccount, { accountId: alice.account.id })
  for (const [owner, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    const list = await List.create({ ownerId: owner.account.id, title: 'friends' })
    await ListMember.create({ listId: list.id, accountId: other.account.id })
  }
  await as(alice, blockAccount, { accountId: bob.account.id })
  await as(alice, blockAccount, { accountId: bob.account.id })
  expect(await Block.count()).toBe(1)
  expect([await Follow.count(), await ListMember.count()]).toEqual([0, 0])
  expect(await statedFacts('follow.ended')).toHaveLength(1)
  expect(await statedFacts('follow.rejected')).toHaveLength(1)
  expect(await statedFacts('account.blocked')).toHaveLength(1)
  await as(alice, unblockAccount, { accountId: bob.account.id })
  await as(alice, unblockAccount, { accountId: bob.account.id })
  expect([await Block.count(), await Follow.count()]).toEqual([0, 0])
  expect(await statedFacts('account.unblocked')).toHaveLength(1)
  const { followersCount, followingCount } = await Account.findByPk(bob.account.id, { rejectOnEmpty: true })
  expect([followersCount, followingCount]).toEqual([0, 0])
})

test('ACCT-28: nobody blocks or mutes oneself', async () => {
  const { alice } = await cast('alice')
  await as(alice, blockAccount, { accountId: alice.account.id })
  await as(alice, muteAccount, { accountId: alice.account.id })
  expect([await Block.count(), await Mute.count()]).toEqual([0, 0])
})

test('R-021: two hundred copies of a Block make one row and one fact', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await as(alice, followAccount, { accountId: remote.id })
  const received = { blockerId: remote.id, blockedId: alice.account.id, uri }
  await Promise.all(Array.from({ length: 200 }, () => receiveBlock(alice.ctx, received)))
  expect(await Block.findAll()).toMatchObject([{ uri }])
  expect(await Follow.count()).toBe(0)
  expect(await statedFacts('account.blocked')).toHaveLength(1)
})

test('R-023: an Undo that overtakes its Block keeps it out', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await withdrawBlock(alice.ctx, { blockerId: remote.id, uri, blockedId: null })
  await receiveBlock(alice.ctx, { blockerId: remote.id, blockedId: alice.account.id, uri })
  expect(await Block.count()).toBe(0)
  await receiveBlock(alice.ctx, { blockerId: remote.id, blockedId: alice.account.id, uri: `${uri}1` })
  await withdrawBlock(alice.ctx, { blockerId: remote.id, uri: null, blockedId: alice.account.id })
  expect(await Block.count()).toBe(0)
})

test('ACCT-29: a mute with a duration ends by itself, another changes it', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, muteAccount, { accountId: bob.account.id })
  await as(alice, muteAccount, { accountId: bob.account.id, seconds: 60, hidesNotifications: false })
  await as(alice, muteAccount, { accountId: carol.account.id, seconds: 0 })
  await expireMutes(alice.ctx)
  expect(await Mute.count()).toBe(2)
  shiftClock(61_000)
  await expireMutes(alice.ctx)
  shiftClock(0)
  expect(await Mute.findAll()).toMatchObject([{ mutedId: carol.account.id, hidesNotifications: true }])
  await as(alice, unmuteAccount, { accountId: carol.account.id })
  expect(await Mute.count()).toBe(0)
})
