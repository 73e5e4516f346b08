import { conversationsOf } from '#core/notifications/conversation.queries'
import { notify } from '#core/notifications/notify'
import { notifyOfPost } from '#core/notifications/notify-of-post'
import { countUnread, notificationsOf } from '#core/notifications/notification.queries'
import { recordConversation } from '#core/notifications/record-conversation'
import {
  blockedBy,
  followedBy,
  followersOf,
  mutedBy,
  relationshipsOf,
  requestersOf,
} from '#core/relationships/relationship.queries'
import { findTag } from '#core/tags/find-tag'
import { featuredTags, followedTags, suggestedTags, tagStates } from '#core/tags/tag.queries'
import {
  homesNear,
  homesNearTags,
  homesThatTake,
  homesThatTakeTags,
  listsNear,
  listsThatTake,
} from '#core/timelines/audience.queries'
import {
  homeEntries,
  homeEntriesBy,
  listEntries,
  newestOfHome,
  newestOfList,
} from '#core/timelines/feed.queries'
import { readPage } from '#test/support/read-page'
import { homeFeed } from '#core/timelines/home-feed'
import { markersOf } from '#core/timelines/marker.queries'
import { publicTimeline, tagTimeline } from '#core/timelines/timeline.queries'
import { openRedis } from '#platform/redis'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { cast } from '#test/factories/account'
import { type Run, runsOf } from '#test/support/plans'

/** 40,000 posts of 400 people, 400 followed by the viewer's kind, and everything that lists look at. */
async function seed(viewer: Id): Promise<void> {
  const pairs = (divisor: number) =>
    `FROM accounts AS a JOIN accounts AS b ON b.id <> a.id WHERE (a.id + b.id * 7) % ${divisor} = 0`
  for (const sql of [
    `INSERT INTO accounts (id, username, domain, uri) SELECT n, 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 400) AS n`,
    `INSERT INTO posts (id, author_id, uri, thread_id, visibility, html, has_media, language)
     SELECT (1700000000000 + n) << 16, 1 + n % 400, CASE WHEN n % 20 > 0 THEN 'https://remote.example/posts/' || n END,
       (1700000000000 + n) << 16, CASE WHEN n % 10 = 0 THEN 'direct' ELSE 'public' END, 'x', n % 7 = 0, 'en'
     FROM generate_series(1, 40000) AS n`,
    `UPDATE posts SET boost_of_id = id - (400 << 16) WHERE (id >> 16) % 4 = 1 AND (id >> 16) > 1700000001000`,
    `UPDATE posts SET reply_to_id = id - (400 << 16), reply_to_account_id = author_id
     WHERE (id >> 16) % 4 = 2 AND (id >> 16) > 1700000001000`,
    `INSERT INTO mentions (post_id, account_id) SELECT id, 1 + author_id % 400 FROM posts`,
    `INSERT INTO hashtags (id, name, display_name) SELECT n, 'tag' || n, 'tag' FROM generate_series(1, 500) AS n`,
    `INSERT INTO post_hashtags (post_id, hashtag_id, is_public, author_id)
     SELECT id, 1 + (id >> 16) % 500, true, author_id FROM posts`,
    `INSERT INTO tag_follows (account_id, hashtag_id) SELECT a.id, 1 + (a.id + n) % 500 FROM accounts AS a, generate_series(1, 20) AS n`,
    `INSERT INTO featured_tags (account_id, hashtag_id, display_name) SELECT a.id, 1 + (a.id + n * 7) % 500, 'x'
     FROM accounts AS a, generate_series(1, 10) AS n ON CONFLICT DO NOTHING`,
    `INSERT INTO follows (follower_id, followed_id, state) SELECT a.id, b.id, 'accepted' ${pairs(5)}`,
    `INSERT INTO follows (follower_id, followed_id, state) SELECT a.id, b.id, 'pending' ${pairs(51)} ON CONFLICT DO NOTHING`,
    `INSERT INTO blocks (blocker_id, blocked_id) SELECT a.id, b.id ${pairs(23)}`,
    `INSERT INTO mutes (muter_id, muted_id) SELECT a.id, b.id ${pairs(29)}`,
    `INSERT INTO thread_mutes (account_id, thread_id) SELECT author_id, thread_id FROM posts`,
    `INSERT INTO lists (id, owner_id, title) SELECT n, 1 + n % 400, 'list' FROM generate_series(1, 4000) AS n`,
    `INSERT INTO list_members (list_id, account_id) SELECT l.id, a.id FROM lists AS l, accounts AS a
     WHERE l.id <= 400 AND (l.id + a.id) % 10 = 0`,
    `INSERT INTO users (account_id, email, password_hash, confirmed_at, approved_at)
     SELECT id, id || '@mail.example', 'none', now(), now() FROM accounts WHERE id % 4 = 0
     ON CONFLICT DO NOTHING`,
    `INSERT INTO notifications (account_id, kind, from_id, post_id) SELECT 4, 'favourite', 1 + (id >> 16) % 400, id
     FROM posts WHERE author_id = 4 ON CONFLICT DO NOTHING`,
    `INSERT INTO notifications (account_id, kind, from_id, post_id)
     SELECT author_id, 'mention', 1 + (id >> 16) % 400, id FROM posts ON CONFLICT DO NOTHING`,
    `INSERT INTO conversations (account_id, participant_ids, last_post_id) SELECT author_id, ARRAY[id], id FROM posts
     WHERE visibility = 'direct'`,
    `INSERT INTO conversation_posts (conversation_id, post_id) SELECT id, last_post_id FROM conversations`,
    `INSERT INTO domain_blocks (account_id, domain) SELECT a.id, 'd' || n || '.example' FROM accounts AS a, generate_series(1, 50) AS n`,
    `INSERT INTO markers (account_id, timeline, last_read_id) SELECT id, 'home', 1 FROM accounts`,
    `UPDATE accounts SET domain = NULL, uri = NULL WHERE id % 4 = 0 AND id < 1000`,
    `INSERT INTO follows (follower_id, followed_id, state) SELECT ${BigInt(viewer)}, id, 'accepted' FROM accounts
     WHERE id < 300 ON CONFLICT DO NOTHING`,
    'ANALYZE',
  ])
    await rows({}, sql)
}

const large =
  'posts|accounts|follows|blocks|domain_blocks|mutes|mentions|post_hashtags|notifications|conversation|list_members|users|thread_mutes|tag_follows|featured_tags'

/** What is wrong with how these statements run: a large table read as a whole, or more than `most` rows for nothing. */
const flawsOf = (runs: Run[], most: number) =>
  runs.flatMap(({ sql, plan, wasted }) => {
    const scan = new RegExp(`Seq Scan on (?:${large})`).exec(plan)?.[0]
    return scan || wasted > most ? [{ sql, scan, wasted, plan }] : []
  })

async function drain(batches: AsyncGenerator<Id[]>): Promise<void> {
  let batch = await batches.next()
  while (!batch.done) batch = await batches.next()
}

test('no list reads a table from end to end, or many rows for nothing', async () => {
  await openRedis()
  const { alice } = await cast('alice')
  const { ctx } = alice
  const accountId = alice.account.id
  await seed(accountId)
  const page = { limit: 20, max_id: String((1_700_000_000_000n + 30_000n) << 16n) }
  const list = { ownerId: '12', listId: '11' }
  const pages = await runsOf(async () => {
    for (const who of [ctx, { ...ctx, actor: { kind: 'visitor' } as const }]) {
      for (const narrowing of [{}, { local: true }, { remote: true }, { onlyMedia: true }])
        await publicTimeline(who, narrowing, page)
      await publicTimeline(who, { local: true, onlyMedia: true }, page)
      await tagTimeline(who, { tag: 'tag7' }, {}, page)
      await tagTimeline(who, { tag: 'tag7', any: ['tag8'], none: ['tag9'] }, {}, { limit: 20, min_id: '1' })
    }
    for (const at of [page, { limit: 20 }, { limit: 20, min_id: '1' }]) {
      await notificationsOf(ctx, { accountId: '4' }, at)
      await conversationsOf(ctx, '10', at)
      for (const find of [followersOf, followedBy]) await find(ctx, '4', at)
      for (const find of [requestersOf, blockedBy, mutedBy]) await find(ctx, '4', at)
    }
    await relationshipsOf(ctx, accountId, ['1', '2', '3'])
    await markersOf(ctx, accountId, ['home'])
    await tagStates(ctx, ['7', '8', '9'], accountId)
    for (const at of [{ limit: 10 }, { limit: 10, min_id: '1' }]) await followedTags(ctx, accountId, at)
    await featuredTags(ctx, '4')
    await suggestedTags(ctx, '4')
    await findTag(ctx, 'tag7')
    await homeEntriesBy(ctx, accountId, '5', 100)
  })
  expect(pages.length).toBeGreaterThan(20)
  expect(flawsOf(pages, 400)).toEqual([])
  // These look at every source of a feed, or every follower, and at a page of posts of each.
  const { id: postId } = (await row<{ id: Id }>(
    {},
    `SELECT id FROM posts WHERE author_id = 4 AND visibility = 'public' ORDER BY id DESC LIMIT 1`,
  ))!
  const feeds = await runsOf(async () => {
    await readPage(homeFeed(ctx, { limit: 20 }))
    await readPage(homeFeed(ctx, { limit: 20 }))
    await homeEntries(ctx, accountId, page)
    await newestOfHome(ctx, accountId, 1200)
    await listEntries(ctx, list, page)
    await newestOfList(ctx, list, 1200)
    await drain(homesThatTakeTags(ctx, { postId, authorId: '4' }))
    await drain(homesNearTags(ctx, '4', ['7', '8']))
    await drain(homesThatTake(ctx, { postId, authorId: '4' }))
    await drain(listsThatTake(ctx, { postId, authorId: '4' }))
    await drain(homesNear(ctx, '4'))
    await drain(listsNear(ctx, '4'))
    await notifyOfPost(ctx, { postId })
    await notify(ctx, [{ accountId: '4', kind: 'favourite', fromId: '5', postId }])
    await recordConversation(ctx, { postId })
    await countUnread(ctx, { accountId: '4' }, 100)
  })
  expect(feeds.length).toBeGreaterThan(10)
  expect(flawsOf(feeds, 8000)).toEqual([])
}, 120_000)
