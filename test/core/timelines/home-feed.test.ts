import { limits } from '#config/limits'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { unmuteAccount } from '#core/relationships/unmute-account'
import { homeFeed } from '#core/timelines/home-feed'
import { unboostPost } from '#core/posts/unboost-post'
import { openRedis, redis } from '#platform/redis'
import type { Id } from '#platform/ids'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { readPage } from '#test/support/read-page'
import { settle } from '#test/support/settle'
import { withoutRedis } from '#test/support/without-redis'

const home = async (who: Member, cursors: object = {}): Promise<Id[]> =>
  (await readPage(homeFeed(who.ctx, { limit: 40, ...cursors }))).ids
const follow = (who: Member, whom: Member, options: object = {}) =>
  as(who, followAccount, { accountId: whom.account.id, ...options })
const ids = (...posts: { id: Id }[]): Id[] => posts.map(({ id }) => id)

/** The home as it is filled by and by, and as it is built from PostgreSQL alone: they must be the same. */
async function bothWays(who: Member): Promise<Id[]> {
  await settle()
  const filled = await home(who)
  await redis.flushall()
  expect(await home(who)).toEqual(filled)
  return filled
}

beforeEach(openRedis)

test('TL-01: home has posts and boosts of who is followed and own posts, newest first', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await follow(alice, bob)
  await home(alice)
  const [one, other, own] = [await post(bob), await post(carol), await post(alice)]
  const boosted = await boost(bob, other)
  const direct = await post(bob, { visibility: 'direct', mentions: [alice] })
  await post(bob, { visibility: 'direct', mentions: [carol] })
  const followersOnly = await post(bob, { visibility: 'private' })
  expect(await bothWays(alice)).toEqual(ids(followersOnly, direct, boosted, own, one))
})

test('TL-01: home keeps the last 800 posts and ends there', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await follow(alice, bob)
  await home(alice)
  const old = await post(bob)
  await settle()
  for (let count = 0; count < limits.feed; count += 50)
    await Promise.all(Array.from({ length: 50 }, () => post(bob)))
  await settle()
  const all: Id[] = []
  for (let max_id: Id | undefined; ;) {
    const page = await home(alice, { max_id })
    if (page.length === 0) break
    all.push(...page)
    max_id = page.at(-1)
  }
  expect(all).toHaveLength(limits.feed)
  expect(new Set(all).size).toBe(limits.feed)
  expect(all).not.toContain(old.id)
})

test('TL-02: home leaves out answers to people who are not followed, but not to oneself', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  await follow(alice, bob)
  await follow(alice, dave)
  await home(alice)
  const [mine, theirs, friends] = [await post(alice), await post(carol), await post(dave)]
  const thread = await post(bob)
  const more = await post(bob, { replyTo: thread })
  const answer = await post(bob, { replyTo: mine })
  const hidden = await post(bob, { replyTo: theirs })
  const shown = await post(bob, { replyTo: friends })
  const unknown = await post(bob, { replyToUri: 'https://remote.example/posts/unknown' })
  const feed = await bothWays(alice)
  expect(feed).toEqual(ids(shown, answer, more, thread, friends, mine))
  for (const { id } of [hidden, unknown]) expect(feed).not.toContain(id)
})

test('TL-03: home leaves out boosts and languages that the follow does not want', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  await follow(alice, bob, { showsBoosts: false })
  await follow(alice, dave, { languages: ['de'] })
  await home(alice)
  const theirs = await post(carol)
  await boost(bob, theirs)
  const german = await post(dave, { language: 'de' })
  await post(dave, { language: 'fr' })
  await boost(dave, theirs)
  const none = await post(dave, { language: null })
  expect(await bothWays(alice)).toEqual(ids(none, german))
})

test('TL-04: a post that several boost is shown once within 40 entries, and not when it is there itself', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  await follow(alice, bob)
  await follow(alice, carol)
  await home(alice)
  const [near, theirs] = [await post(bob), await post(dave)]
  await settle()
  await boost(carol, near)
  await settle()
  const first = await boost(bob, theirs)
  await settle()
  await boost(carol, theirs)
  expect(await bothWays(alice)).toEqual(ids(first, near))
  for (let count = 0; count < 40; count += 1) await post(bob)
  await settle()
  const erin = (await cast('erin')).erin
  await follow(alice, erin)
  const again = await boost(erin, theirs)
  await settle()
  expect((await home(alice))[0]).toBe(again.id)
})

test('TL-05: nothing in home is by, boosted from or about people in a block or muted', async () => {
  const { alice, bob, carol, dave, erin } = await cast('alice', 'bob', 'carol', 'dave', 'erin')
  for (const whom of [bob, erin]) await follow(alice, whom)
  await Block.create({ blockerId: alice.account.id, blockedId: carol.account.id })
  await as(alice, muteAccount, { accountId: dave.account.id })
  await home(alice)
  const mine = await post(bob)
  for (const bad of [carol, dave]) {
    await boost(bob, await post(bad))
    await post(bob, { mentions: [bad] })
  }
  expect(await bothWays(alice)).toEqual(ids(mine))
  const later = await post(erin)
  expect(await bothWays(alice)).toEqual(ids(later, mine))
  await as(alice, muteAccount, { accountId: erin.account.id })
  expect(await home(alice)).toEqual(ids(mine))
  await as(alice, unmuteAccount, { accountId: erin.account.id })
  expect(await home(alice)).toEqual(ids(later, mine))
})

test('TL-08: a new follow fills home with recent posts, an unfollow removes them', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const [first, second] = [await post(bob), await post(bob)]
  const own = await post(alice)
  await settle()
  expect(await home(alice)).toEqual(ids(own))
  await follow(alice, bob)
  expect(await bothWays(alice)).toEqual(ids(own, second, first))
  const boosted = await boost(bob, await post(carol))
  await settle()
  expect((await home(alice))[0]).toBe(boosted.id)
  await as(alice, unfollowAccount, { accountId: bob.account.id })
  expect(await bothWays(alice)).toEqual(ids(own))
})

test('TL-17: a post that is deleted is gone from home at once, even before its consequences', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await follow(alice, bob)
  const theirs = await post(carol)
  const kept = await post(bob)
  const boosted = await boost(bob, theirs)
  await settle()
  expect(await home(alice)).toEqual(ids(boosted, kept))
  await as(bob, unboostPost, { postId: theirs.id })
  expect(await home(alice)).toEqual(ids(kept))
  expect(await bothWays(alice)).toEqual(ids(kept))
})

test('PAGE-01 PAGE-02 PAGE-03 PAGE-04 PAGE-05: home pages by max_id, since_id and min_id as all lists do', async () => {
  const { alice } = await cast('alice')
  const [a, b, c, d, e] = [
    await post(alice),
    await post(alice),
    await post(alice),
    await post(alice),
    await post(alice),
  ]
  const page = async () => {
    expect(await home(alice, { limit: 2 })).toEqual(ids(e, d))
    expect(await home(alice, { limit: 2, max_id: d.id })).toEqual(ids(c, b))
    expect(await home(alice, { limit: 2, since_id: a.id })).toEqual(ids(e, d))
    expect(await home(alice, { limit: 2, min_id: a.id })).toEqual(ids(c, b))
    expect(await home(alice, { limit: 5, min_id: a.id, max_id: d.id })).toEqual(ids(c, b))
    expect(await home(alice, { limit: 0 })).toEqual([])
  }
  await page()
  await withoutRedis(page)
})

test('R-130: home reads from PostgreSQL while Redis is away, and misses nothing when it is back', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await follow(alice, bob)
  const before = await post(bob)
  await settle()
  expect(await home(alice)).toEqual(ids(before))
  const during = await withoutRedis(async () => {
    const made = await post(bob)
    expect(await home(alice)).toEqual(ids(made, before))
    return made
  })
  await settle()
  expect(await home(alice)).toEqual(ids(during, before))
})

test('federation rule 124: a post from long ago enters no home that is kept', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await Follow.create({ followerId: alice.account.id, followedId: remote.id, state: 'accepted' })
  await home(alice)
  const uri = 'https://remote.example/posts/old'
  await post(remote, { uri, publishedAt: new Date(Date.now() - 31 * 86_400_000) })
  await settle()
  expect(await home(alice)).toEqual([])
  const recent = await post(remote, { uri: `${uri}/not` })
  await settle()
  expect(await home(alice)).toEqual(ids(recent))
})

test('TL-07: home is whole at its first read and after a long absence, for everybody who reads meanwhile', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const posts: { id: Id }[] = []
  for (let count = 0; count < 5; count += 1) posts.unshift(await post(bob))
  await follow(alice, bob)
  for (const _ of ['first follow', 'long absence']) {
    const reads = await Promise.all(Array.from({ length: 5 }, () => home(alice)))
    for (const read of reads) expect(read).toEqual(ids(...posts))
    await redis.flushall()
  }
})
