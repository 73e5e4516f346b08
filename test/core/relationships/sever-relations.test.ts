import { Account } from '#core/accounts/account.model'
import { endAccount } from '#core/accounts/end-account'
import { Notification } from '#core/notifications/notification.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { List } from '#core/relationships/list.model'
import { ListMember } from '#core/relationships/list-member.model'
import { Mute } from '#core/relationships/mute.model'
import { followAccount } from '#core/relationships/follow-account'
import { severRelations } from '#core/relationships/sever-relations'
import { rows } from '#platform/db'
import { as, cast, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'

const counts = async (id: string) => {
  const { followersCount, followingCount } = await Account.findByPk(id, { rejectOnEmpty: true })
  return [followersCount, followingCount]
}

test('an account that ends leaves no relation, no notification and no wrong counter behind', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const [a, b, c] = [alice, bob, carol].map(({ account }) => account.id) as [string, string, string]
  await as(alice, followAccount, { accountId: b })
  await as(bob, followAccount, { accountId: a })
  await as(carol, followAccount, { accountId: a })
  await as(carol, followAccount, { accountId: b })
  await post(alice, { mentions: [bob] })
  await Block.create({ blockerId: a, blockedId: c })
  await Mute.create({ muterId: b, mutedId: a })
  const list = await List.create({ ownerId: c, title: 'kept' })
  await ListMember.create({ listId: list.id, accountId: a })
  await List.create({ ownerId: a, title: 'gone' })
  await settle()
  await endAccount(alice.ctx, { accountId: a })
  await settle()
  expect(await Follow.findAll()).toMatchObject([{ followerId: c, followedId: b }])
  expect(await Promise.all([a, b, c].map(counts))).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
  ])
  expect([await Block.count(), await Mute.count(), await ListMember.count()]).toEqual([0, 0, 0])
  expect(await List.findAll()).toMatchObject([{ title: 'kept' }])
  expect(await Notification.findAll()).toMatchObject([{ accountId: b, fromId: c }])
})

test('R-065: thousands of followers of an account that ends are cut in batches', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await rows(
    {},
    `INSERT INTO accounts (username, domain, uri) SELECT 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 1200) AS n`,
  )
  await rows(
    {},
    `INSERT INTO follows (follower_id, followed_id, state) SELECT id, $1, 'accepted' FROM accounts WHERE id <> $1`,
    [remote.id],
  )
  await rows({}, 'UPDATE accounts SET following_count = 1')
  await severRelations(alice.ctx, { accountId: remote.id, uri: remote.uri ?? '' })
  expect(await Follow.count()).toBe(0)
  expect(await Account.count({ where: { followingCount: 1 } })).toBe(1)
})
