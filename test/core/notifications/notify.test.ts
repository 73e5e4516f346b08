import { react } from '#core/reactions/react'
import { unreact } from '#core/reactions/unreact'
import { boostPost } from '#core/posts/boost-post'
import { unboostPost } from '#core/posts/unboost-post'
import { Notification } from '#core/notifications/notification.model'
import { notify } from '#core/notifications/notify'
import { acceptFollow } from '#core/relationships/accept-follow'
import { blockAccount } from '#core/relationships/block-account'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { closePolls } from '#core/posts/polls/close-polls'
import { voteInPoll } from '#core/posts/polls/vote-in-poll'
import { Poll } from '#core/posts/polls/poll.model'
import { editPost } from '#core/posts/edits/edit-post'
import { STREAM, type StreamEvent } from '#core/stream'
import { shiftClock } from '#platform/clock'
import { subscribe } from '#platform/pubsub'
import { openRedis } from '#platform/redis'
import { as, cast, member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'

beforeEach(openRedis)
afterEach(() => shiftClock(0))

const told = async (who: Member) => {
  await settle()
  const found = await Notification.findAll({ where: { accountId: who.account.id }, order: [['id', 'ASC']] })
  return found.map(({ kind, fromId, postId }) => ({ kind, fromId, postId }))
}

test('NOTE-01 NOTE-02 TRIP-67 mentions (also in answers), favourites, boosts and follows tell whom they concern', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const mine = await post(alice)
  const fromId = bob.account.id
  const answer = await post(bob, { mentions: [alice], replyTo: mine })
  await settle()
  await as(bob, react, { postId: mine.id })
  await settle()
  await as(bob, boostPost, { postId: mine.id })
  await settle()
  await as(bob, followAccount, { accountId: alice.account.id })
  expect(await told(alice)).toEqual([
    { kind: 'mention', fromId, postId: answer.id },
    { kind: 'favourite', fromId, postId: mine.id },
    { kind: 'reblog', fromId, postId: mine.id },
    { kind: 'follow', fromId, postId: null },
  ])
  expect(await told(bob)).toEqual([])
})

test('NOTE-01: a follow with notify tells of new posts, but not of boosts and answers to others', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id, notifies: true })
  const theirs = await post(carol)
  const shown = await post(bob)
  await post(bob, { replyTo: theirs, mentions: [carol] })
  await as(bob, boostPost, { postId: theirs.id })
  const both = await post(bob, { mentions: [alice] })
  const kinds = (await told(alice)).map(({ kind, postId }) => [kind, postId])
  expect(kinds.sort()).toEqual([
    ['mention', both.id],
    ['status', shown.id],
  ])
})

test('NOTE-01: the end of a poll tells its voters and who made it', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const expiresAt = new Date(Date.now() + 60_000)
  const asked = await post(alice, { poll: { options: ['a', 'b'], isMultiple: false, expiresAt } })
  const poll = await Poll.findOne({ where: { postId: asked.id }, rejectOnEmpty: true })
  await as(bob, voteInPoll, { pollId: poll.id, choices: [0] })
  shiftClock(61_000)
  await closePolls(alice.ctx)
  const end = [{ kind: 'poll', fromId: alice.account.id, postId: asked.id }]
  expect(await told(alice)).toEqual(end)
  expect(await told(bob)).toEqual(end)
  expect(await told(carol)).toEqual([])
})

test('NOTE-01: an edit tells those who boosted the post, once for each edit', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const mine = await post(alice)
  await as(bob, boostPost, { postId: mine.id })
  await as(alice, editPost, { postId: mine.id, text: 'better' })
  const first = await told(bob)
  expect(first).toEqual([{ kind: 'update', fromId: alice.account.id, postId: mine.id }])
  const [{ id: before }] = (await Notification.findAll({ where: { kind: 'update' } })) as [Notification]
  await as(alice, editPost, { postId: mine.id, text: 'best' })
  expect(await told(bob)).toEqual(first)
  const [{ id: after }] = (await Notification.findAll({ where: { kind: 'update' } })) as [Notification]
  expect(after).not.toBe(before)
})

test('NOTE-05: nobody hears of own deeds, of blocked or muted people, or of posts they may not see', async () => {
  const { alice, bob, carol, dave, erin } = await cast('alice', 'bob', 'carol', 'dave', 'erin')
  await as(alice, blockAccount, { accountId: bob.account.id })
  await as(carol, blockAccount, { accountId: alice.account.id })
  await as(alice, muteAccount, { accountId: dave.account.id })
  await as(alice, muteAccount, { accountId: erin.account.id, hidesNotifications: false })
  await alice.account.reload()
  for (const who of [alice, bob, carol, dave]) await post(who, { mentions: [alice] })
  await as(alice, react, { postId: (await post(alice)).id })
  expect(await told(alice)).toEqual([])
  await post(erin, { mentions: [alice] })
  expect(await told(alice)).toHaveLength(1)
})

test('NOTE-22: a request becomes a follow; what is taken back or deleted leaves no notification', async () => {
  const bob = await member('bob')
  const alice = await member('alice', { account: { isLocked: true } })
  await as(bob, followAccount, { accountId: alice.account.id })
  expect(await told(alice)).toMatchObject([{ kind: 'follow_request' }])
  await as(alice, acceptFollow, { accountId: bob.account.id })
  expect(await told(alice)).toMatchObject([{ kind: 'follow' }])
  const mine = await post(alice)
  await as(bob, react, { postId: mine.id })
  await as(bob, boostPost, { postId: mine.id })
  expect(await told(alice)).toHaveLength(3)
  await as(bob, unreact, { postId: mine.id })
  await as(bob, unboostPost, { postId: mine.id })
  await as(bob, unfollowAccount, { accountId: alice.account.id })
  expect(await told(alice)).toEqual([])
  const mention = await post(bob, { mentions: [alice] })
  expect(await told(alice)).toHaveLength(1)
  await mention.destroy()
  expect(await told(alice)).toEqual([])
})

test('R-021: one event makes one notification and reaches streams once, however often it is worked on', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const mine = await post(alice)
  const notice = { accountId: alice.account.id, kind: 'favourite', fromId: bob.account.id, postId: mine.id }
  const heard: StreamEvent[] = []
  const stop = subscribe<StreamEvent>(STREAM, (event) => heard.push(event))
  await Promise.all(Array.from({ length: 50 }, () => notify(alice.ctx, [notice])))
  stop()
  expect(await Notification.count()).toBe(1)
  expect(heard).toMatchObject([{ event: 'notification', accountId: alice.account.id }])
})

test('NOTE-15 and NOTE-21: favourites of a post share a group for twelve hours after its first', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  const mine = await post(alice)
  const like = async (who: Member, hours: number) => {
    shiftClock(hours * 3_600_000)
    const fromId = who.account.id
    await notify(alice.ctx, [{ accountId: alice.account.id, kind: 'favourite', fromId, postId: mine.id }])
  }
  await like(bob, 0)
  await like(carol, 12)
  await like(dave, 13)
  const keys = (await Notification.findAll({ order: [['id', 'ASC']] })).map(({ groupKey }) => groupKey)
  expect(keys[0]).toMatch(new RegExp(`^favourite-${mine.id}-\\d+$`))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('a follow by somebody elsewhere tells the member, a follow of somebody elsewhere nobody', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await notify(alice.ctx, [
    { accountId: remote.id, kind: 'follow', fromId: alice.account.id },
    { accountId: alice.account.id, kind: 'follow', fromId: remote.id },
  ])
  expect(await Notification.findAll()).toMatchObject([{ accountId: alice.account.id }])
})
