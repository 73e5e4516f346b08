import { muteThread } from '#core/posts/threads/mute-thread'
import { blockDomain } from '#core/relationships/block-domain'
import { changePolicy } from '#core/notifications/change-policy'
import { Notification } from '#core/notifications/notification.model'
import { notify } from '#core/notifications/notify'
import type { Policy } from '#core/notifications/policy.queries'
import { Follow } from '#core/relationships/follow.model'
import type { Account } from '#core/accounts/account.model'
import { as, member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'

const DAY = 86_400_000
const old = { createdAt: new Date(Date.now() - 40 * DAY) }

let alice: Member
let bob: Account
beforeEach(async () => {
  alice = await member('alice')
  bob = await stranger('bob', 'remote.example', old)
})

const follow = (from: { id: string }, to: { id: string }, days = 10) =>
  Follow.create({
    followerId: from.id,
    followedId: to.id,
    state: 'accepted',
    createdAt: new Date(Date.now() - days * DAY),
  })

/** Whether a mention (or something else) of `from` comes into the list, is put aside, or is not there at all. */
async function fateOf(from: { id: string }, kind = 'mention', postId?: string): Promise<string> {
  const id = postId ?? (await post(from, { uri: `https://remote.example/${Math.random()}` })).id
  const hasPost = !kind.startsWith('follow')
  await Notification.destroy({ truncate: true, cascade: true })
  await notify(alice.ctx, [
    { accountId: alice.account.id, kind, fromId: from.id, ...(hasPost ? { postId: id } : {}) },
  ])
  const [found] = await Notification.findAll()
  return found ? (found.isFiltered ? 'filter' : 'accept') : 'drop'
}

const set = (change: Partial<Policy>) => as(alice, changePolicy, change)

test('NOTE-06: of whom the member does not follow', async () => {
  expect(await fateOf(bob)).toBe('accept')
  for (const forNotFollowing of ['filter', 'drop', 'accept'] as const) {
    await set({ forNotFollowing })
    expect(await fateOf(bob)).toBe(forNotFollowing)
  }
  await set({ forNotFollowing: 'drop' })
  await follow(alice.account, bob)
  expect(await fateOf(bob)).toBe('accept')
})

test('NOTE-06: of whom does not follow the member, or only for less than three days', async () => {
  await set({ forNotFollowers: 'filter' })
  expect(await fateOf(bob)).toBe('filter')
  const since = await follow(bob, alice.account, 2)
  expect(await fateOf(bob)).toBe('filter')
  await since.update({ createdAt: new Date(Date.now() - 4 * DAY) })
  expect(await fateOf(bob)).toBe('accept')
})

test('NOTE-06: of new accounts that the member does not follow', async () => {
  await set({ forNewAccounts: 'drop' })
  expect(await fateOf(bob)).toBe('accept')
  await bob.update({ createdAt: new Date(Date.now() - 29 * DAY) })
  expect(await fateOf(bob)).toBe('drop')
  await follow(alice.account, bob)
  expect(await fateOf(bob)).toBe('accept')
})

test('NOTE-06: of private mentions, unless they answer the member', async () => {
  const uri = () => `https://remote.example/${Math.random()}`
  const direct = (replyTo?: { id: string }) =>
    post(bob, {
      visibility: 'direct',
      mentions: [alice],
      uri: uri(),
      ...(replyTo ? { replyTo } : {}),
    })
  expect(await fateOf(bob, 'mention', (await direct()).id)).toBe('filter')
  const told = await post(alice, { visibility: 'direct', mentions: [bob] })
  const answer = await direct(told)
  expect(await fateOf(bob, 'mention', answer.id)).toBe('accept')
  expect(await fateOf(bob, 'mention', (await direct(answer)).id)).toBe('accept')
  const toOthers = await post(alice, { visibility: 'direct' })
  expect(await fateOf(bob, 'mention', (await direct(toOthers)).id)).toBe('filter')
  await set({ forPrivateMentions: 'drop' })
  expect(await fateOf(bob, 'mention', (await direct()).id)).toBe('drop')
  await follow(alice.account, bob)
  expect(await fateOf(bob, 'mention', (await direct()).id)).toBe('accept')
})

test('NOTE-06: of limited accounts and of bots that the member does not follow; dropping beats putting aside', async () => {
  await bob.update({ silencedAt: new Date() })
  expect(await fateOf(bob)).toBe('filter')
  await bob.update({ silencedAt: null, kind: 'service' })
  expect(await fateOf(bob)).toBe('accept')
  await set({ forBots: 'drop', forNotFollowers: 'filter' })
  expect(await fateOf(bob)).toBe('drop')
  await follow(alice.account, bob)
  expect(await fateOf(bob)).toBe('filter')
})

test('NOTE-06: moderators pass with mentions', async () => {
  const staff = await member('staff', { user: { role: 'moderator' } })
  await set({ forNotFollowing: 'drop' })
  const id = (await post(staff)).id
  expect(await fateOf(staff.account, 'mention', id)).toBe('accept')
  expect(await fateOf(staff.account, 'favourite', id)).toBe('drop')
})

test('NOTE-07: only some kinds can be put aside', async () => {
  await set({ forNotFollowing: 'filter' })
  const fates: Record<string, string> = {}
  for (const kind of [
    'mention',
    'reblog',
    'favourite',
    'follow',
    'follow_request',
    'quote',
    'status',
    'update',
  ])
    fates[kind] = await fateOf(bob, kind)
  await settle({ except: ['delivery', 'schedule', 'fact'] })
  expect(fates).toEqual({
    mention: 'filter',
    reblog: 'filter',
    favourite: 'filter',
    follow: 'filter',
    follow_request: 'filter',
    quote: 'filter',
    status: 'accept',
    update: 'accept',
  })
})

test('NOTE-05: nothing is told of blocked servers, unless the sender is followed, and of silenced conversations', async () => {
  expect(await fateOf(bob)).toBe('accept')
  await as(alice, blockDomain, { domain: 'remote.example' })
  expect(await fateOf(bob)).toBe('drop')
  await follow(alice.account, bob)
  expect(await fateOf(bob)).toBe('accept')
  const mine = await post(alice)
  const answer = await post(bob, {
    replyTo: mine,
    uri: 'https://remote.example/answer',
  })
  expect(await fateOf(bob, 'mention', answer.id)).toBe('accept')
  await as(alice, muteThread, { postId: mine.id })
  for (const [kind, { id }] of [
    ['mention', answer],
    ['favourite', mine],
  ] as const)
    expect(await fateOf(bob, kind, id)).toBe('drop')
})
