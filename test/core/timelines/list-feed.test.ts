import { addToList } from '#core/relationships/add-to-list'
import { changeList } from '#core/relationships/change-list'
import { createList } from '#core/relationships/create-list'
import { followAccount } from '#core/relationships/follow-account'
import { blockAccount } from '#core/relationships/block-account'
import { removeFromList } from '#core/relationships/remove-from-list'
import { homeFeed } from '#core/timelines/home-feed'
import { listFeed } from '#core/timelines/list-feed'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { openRedis, redis } from '#platform/redis'
import { as, cast, type Member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { readPage } from '#test/support/read-page'
import { settle } from '#test/support/settle'
import { withoutRedis } from '#test/support/without-redis'

const cursors = { limit: 40 }
const ids = (...posts: { id: Id }[]): Id[] => posts.map(({ id }) => id)

beforeEach(openRedis)

async function listWith(owner: Member, wish: object, ...members: Member[]): Promise<Id> {
  const { id } = await as(owner, createList, { title: 'list', ...wish })
  for (const { account } of members) {
    await as(owner, followAccount, { accountId: account.id })
    await as(owner, addToList, { listId: id, accountIds: [account.id] })
  }
  return id
}

/** The list as it is filled by and by, and as it is built from PostgreSQL alone: they must be the same. */
async function shown(who: Member, listId: Id): Promise<Id[]> {
  await settle()
  const filled = (await readPage(listFeed(who.ctx, listId, cursors))).ids
  await redis.flushall()
  expect((await readPage(listFeed(who.ctx, listId, cursors))).ids).toEqual(filled)
  const without = await withoutRedis(() => readPage(listFeed(who.ctx, listId, cursors)))
  expect(without.ids).toEqual(filled)
  return filled
}

test.each([
  ['none', []],
  ['list', ['member']],
  ['followed', ['member', 'followed']],
] as const)('TL-14: a list with replies to %s shows no other replies', async (repliesPolicy, expected) => {
  const { alice, bob, carol, dave, erin } = await cast('alice', 'bob', 'carol', 'dave', 'erin')
  const listId = await listWith(alice, { repliesPolicy }, bob, carol)
  await as(alice, followAccount, { accountId: dave.account.id })
  await readPage(listFeed(alice.ctx, listId, cursors))
  const starts = { member: await post(carol), followed: await post(dave), nobody: await post(erin) }
  const mine = await post(alice)
  const own = await post(bob)
  const toSelf = await post(bob, { replyTo: own })
  const toMe = await post(bob, { replyTo: mine })
  const boosted = await boost(bob, starts.nobody)
  const replies = {
    member: await post(bob, { replyTo: starts.member }),
    followed: await post(bob, { replyTo: starts.followed }),
  }
  await post(bob, { replyTo: starts.nobody })
  const answers = expected.map((whom) => replies[whom]).reverse()
  expect(await shown(alice, listId)).toEqual(ids(...answers, boosted, toMe, toSelf, own, starts.member))
})

test('TL-06: who is in an exclusive list is not in home, as long as they are', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const listId = await listWith(alice, { isExclusive: true }, bob)
  const theirs = await post(bob)
  await settle()
  const home = async () => (await readPage(homeFeed(alice.ctx, cursors))).ids
  expect(await home()).toEqual([])
  expect(await shown(alice, listId)).toEqual(ids(theirs))
  await as(alice, changeList, { listId, isExclusive: false })
  await settle()
  expect(await home()).toEqual(ids(theirs))
  await as(alice, changeList, { listId, isExclusive: true })
  const later = await post(bob)
  await settle()
  expect(await home()).toEqual([])
  await as(alice, removeFromList, { listId, accountIds: [bob.account.id] })
  await settle()
  expect(await home()).toEqual(ids(later, theirs))
  expect(await shown(alice, listId)).toEqual([])
})

test('TL-05: a list shows nobody who is blocked, and only its owner may read it', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const listId = await listWith(alice, {}, bob, carol)
  const kept = await post(carol)
  await post(bob)
  await post(carol, { mentions: [bob] })
  await settle()
  expect((await readPage(listFeed(alice.ctx, listId, cursors))).ids).toHaveLength(3)
  await as(alice, blockAccount, { accountId: bob.account.id })
  expect(await shown(alice, listId)).toEqual(ids(kept))
  await expect(listFeed(bob.ctx, listId, cursors)).rejects.toThrow(NotFound)
})
