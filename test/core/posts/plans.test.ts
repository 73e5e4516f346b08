import type { Ctx } from '#core/ctx'
import { postsOfAccount } from '#core/posts/account-posts.queries'
import { boostersOf } from '#core/posts/boosters.queries'
import { closePolls } from '#core/posts/polls/close-polls'
import { findPost } from '#core/posts/find-post'
import { bookmarkedPosts, favouritePosts, reactedPosts } from '#core/posts/marks/mark.queries'
import { postBodies, postStates, visibleAmong } from '#core/posts/post.queries'
import { askPoll } from '#core/posts/polls/ask-poll'
import { staleStamps } from '#core/posts/stale-stamps'
import { scheduledPosts } from '#core/posts/scheduled/scheduled.queries'
import { quotesOf } from '#core/posts/quotes/quote.queries'
import { pageMark } from '#core/posts/page-mark'
import { linkQuotes } from '#core/posts/link-quotes'
import { erasePost } from '#core/posts/erase-post'
import { recordPost } from '#core/posts/record-post'
import { muteThread } from '#core/posts/threads/mute-thread'
import { ancestorsOf, descendantsOf } from '#core/posts/threads/thread.queries'
import { likersOf } from '#core/reactions/reaction.queries'
import { reactorsOf } from '#core/reactions/reactor.queries'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { transact } from '#platform/transact'
import type { Id } from '#platform/ids'
import { cast } from '#test/factories/account'
import { runsOf } from '#test/support/plans'

/**
 * 30,000 posts of 300 people: threads, boosts, likes, bookmarks, polls and whatever else hangs on them; and one who only
 * answers, boosts, and once had something to say.
 */
async function seed(talker: Id): Promise<void> {
  await rows(
    {},
    `INSERT INTO accounts (username, domain, uri) SELECT 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 300) AS n`,
  )
  await rows(
    {},
    `WITH people AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts)
     INSERT INTO posts (id, author_id, uri, thread_id, visibility, html, published_at)
     SELECT 1000 + s.n, people.id, 'https://remote.example/posts/' || s.n, 1000 + s.n, 'public', 'x', now()
     FROM generate_series(1, 30000) AS s (n) JOIN people ON people.n = 1 + s.n % 300`,
  )
  await rows({}, 'UPDATE posts SET reply_to_id = id - 1, thread_id = 1001 WHERE id % 3 <> 2 AND id > 1001')
  await rows({}, 'UPDATE posts SET boost_of_id = 1001 + id / 100 WHERE id % 100 = 50 AND id > 1100')
  await rows(
    {},
    `INSERT INTO posts (id, author_id, thread_id, visibility, html, reply_to_id, reply_to_account_id, boost_of_id)
     SELECT 40000 + n, $1, 40000 + n, 'public', 'x', CASE WHEN n % 2 = 0 THEN 1001 END,
       CASE WHEN n % 2 = 0 THEN (SELECT author_id FROM posts WHERE id = 1001) END, CASE WHEN n % 2 = 1 THEN 2000 + n END
     FROM generate_series(1, 5000) AS n`,
    [talker],
  )
  for (const table of ['reactions', 'bookmarks'])
    await rows(
      {},
      `INSERT INTO ${table} (account_id, post_id) SELECT author_id, 1000 + (id * 7) % 29000 + 1 FROM posts ON CONFLICT DO NOTHING`,
    )
  await rows(
    {},
    `INSERT INTO polls (post_id, options, tallies, expires_at, closed_at)
     SELECT id, '{a,b}', '{0,0}', now() - interval '1 day', now() FROM posts WHERE id % 10 = 0`,
  )
  await rows(
    {},
    `INSERT INTO reactions (account_id, post_id, emoji)
     SELECT id, 1001, CASE WHEN id % 200 = 0 THEN '🎉' ELSE '🐝' || n END FROM accounts, generate_series(1, 10) AS n
     UNION SELECT author_id, 1000 + (id * 11) % 29000 + 1, '🐝' FROM posts ON CONFLICT DO NOTHING`,
  )
  await rows({}, `UPDATE posts SET reactions = '{"🐝":{"count":1,"first":"1","by":[]}}' WHERE id % 2 = 0`)
  const pairs = `FROM accounts AS a JOIN accounts AS b ON b.id <> a.id WHERE (a.id + b.id) % 5 = 0`
  for (const each of [
    `INSERT INTO follows (follower_id, followed_id, state) SELECT a.id, b.id, 'accepted' ${pairs}`,
    `INSERT INTO blocks (blocker_id, blocked_id) SELECT a.id, b.id ${pairs}`,
    `INSERT INTO mutes (muter_id, muted_id) SELECT a.id, b.id ${pairs}`,
    `INSERT INTO mentions (post_id, account_id) SELECT id, author_id FROM posts`,
    `INSERT INTO thread_mutes (account_id, thread_id) SELECT author_id, thread_id + id % 3 FROM posts ON CONFLICT DO NOTHING`,
    `INSERT INTO media (owner_id, post_id) SELECT author_id, id FROM posts`,
    `INSERT INTO hashtags (name, display_name) SELECT 'tag' || n, 'tag' FROM generate_series(1, 3000) AS n`,
    `INSERT INTO post_hashtags (post_id, hashtag_id, is_public)
     SELECT p.id, h.id, true FROM posts AS p JOIN hashtags AS h ON h.name = 'tag' || p.id % 3000`,
    `INSERT INTO votes (poll_id, account_id, choice) SELECT polls.id, accounts.id, 0 FROM polls JOIN accounts ON (polls.id + accounts.id) % 40 = 0`,
    `INSERT INTO quotes (post_id, quoted_id, state, stamp_uri, checked_at)
     SELECT id, 1001 + id % 400, 'accepted', 'https://remote.example/stamps/' || id, now() FROM posts WHERE id > 2000 AND id % 2 = 0`,
    `INSERT INTO scheduled_posts (account_id, draft, scheduled_at) SELECT a.id, '{}', now() + interval '1 day' FROM accounts AS a, generate_series(1, 20)`,
    'ANALYZE',
  ])
    await rows({}, each)
}

test('no query about posts reads a table from end to end, or many rows for nothing', async () => {
  const { alice } = await cast('alice')
  await seed(alice.account.id)
  const member: Ctx = { ...alice.ctx, actor: { ...alice.actor, accountId: await someAuthor() } }
  const visitor: Ctx = { actor: { kind: 'visitor' }, remote: nowhere }
  const page: Id[] = Array.from({ length: 40 }, (_, at) => String(2000 + at))
  const cursors = { limit: 20 }
  const runs = await runsOf(async () => {
    for (const ctx of [member, visitor]) {
      await findPost(ctx, '2000')
      await visibleAmong(ctx, page)
      if (ctx === member) await muteThread(ctx, { postId: '2000' })
      await postStates(ctx, page, 'accountId' in ctx.actor ? ctx.actor.accountId : null)
      await ancestorsOf(ctx, '2000')
      await descendantsOf(ctx, '1001')
      for (const more of [{}, { max_id: '20000' }, { min_id: '20000' }]) {
        const paged = { ...cursors, ...more }
        const accountId = await someAuthor()
        for (const filter of [
          {},
          { excludeReplies: true },
          { onlyMedia: true },
          { excludeBoosts: true },
          { tagged: 'tag7' },
          { onlyMedia: true, tagged: 'x' },
          { pinned: true },
        ])
          await postsOfAccount(ctx, { accountId, cursors: paged, filter })
        const ofTalker = { accountId: alice.account.id, cursors: paged }
        for (const filter of [
          { onlyMedia: true },
          { excludeBoosts: true, excludeReplies: true },
          { tagged: 'tag7' },
        ])
          await postsOfAccount(ctx, { ...ofTalker, filter })
        await boostersOf(ctx, { postId: '1001', cursors: paged })
        await likersOf(ctx, { postId: '1001', cursors: paged })
        for (const emoji of [undefined, '🐝', '🎉'])
          await reactorsOf(ctx, { postId: '1001', emoji, cursors: paged })
        await reactedPosts(ctx, paged)
        await quotesOf(ctx, { postId: '1101', cursors: paged })
        await bookmarkedPosts(ctx, paged)
        await favouritePosts(ctx, paged)
      }
    }
    await postBodies({}, page)
    await pageMark(member, { postIds: page, accountIds: [await someAuthor()] })
    await transact(visitor, async (ctx) => {
      await linkQuotes(ctx, {
        id: '2000',
        uri: 'https://remote.example/posts/1000',
        url: null,
        boostOfId: null,
      })
      await erasePost(ctx, '1111', { keepsMedia: false })
    })
    await closePolls(visitor)
    await staleStamps(visitor, 'quotes', 50)
    await staleStamps(visitor, 'interaction_requests', 50)
    await scheduledPosts(member, cursors)
    await askPoll(member, '1')
    await recordPost(visitor, {
      authorId: await someAuthor(),
      uri: 'https://remote.example/new',
      replyToUri: 'https://remote.example/posts/7',
      visibility: 'public',
    })
  })
  const large =
    /Seq Scan on (posts|reactions|bookmarks|polls|votes|quotes|scheduled_posts|mentions|media|post_hashtags|thread_mutes|follows|blocks|mutes)\b/
  expect(runs.length).toBeGreaterThan(25)
  expect(runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 1000)).toEqual([])
  // Neither all that a viewer ever liked, nor all who like one of the posts.
  const states = runs.find(({ sql }) => sql.includes('"isFavourite"'))
  for (const index of [
    'reactions_account_id_post_id_emoji_key',
    'bookmarks_account_id_post_id_key',
    'posts_one_boost',
    'thread_mutes_account_id_thread_id_key',
  ])
    expect(states?.plan).toContain(`using ${index}`)
  expect(states?.plan).not.toContain('hashed SubPlan')
})

const someAuthor = async (): Promise<Id> =>
  (await rows<{ id: Id }>({}, `SELECT author_id AS id FROM posts WHERE id = 2000`))[0]!.id
