import type { Ctx } from '#core/ctx'
import { clearPreviews } from '#core/previews/clear-previews'
import { linkPreview } from '#core/previews/link-preview'
import { showPreview } from '#core/previews/show-preview'
import { nowhere } from '#core/remote'
import { findPosts } from '#core/search/find-posts'
import { indexPost } from '#core/search/index-post'
import { reopenPosts } from '#core/search/reopen-posts'
import { searchHashtags } from '#core/search/search-hashtags'
import { linkTimeline } from '#core/timelines/link-timeline.queries'
import { refreshTrends } from '#core/trends/refresh-trends'
import { trendingLinkAt, trendingLinks, trendingPosts, trendingTags } from '#core/trends/trend.queries'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { member, type Member } from '#test/factories/account'
import { type Run, runsOf } from '#test/support/plans'

/** 30,000 posts of 300 people who want to be found: one word in all, one in each thousandth, one that nobody uses lately. */
async function seed(): Promise<Member> {
  const alice = await member('alice', { account: { isIndexable: true, isDiscoverable: true } })
  for (const each of [
    `INSERT INTO accounts (username, domain, uri, is_indexable, is_discoverable)
     SELECT 'u' || n, 'remote.example', 'https://remote.example/' || n, true, true FROM generate_series(1, 300) AS n`,
    `WITH people AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts)
     INSERT INTO posts (id, author_id, uri, thread_id, visibility, html, favourites_count)
     SELECT 1000 + s.n, people.id, CASE WHEN people.n > 1 THEN 'https://remote.example/posts/' || s.n END, 1000 + s.n,
       'public', '<a href="https://a.example/x">x</a>', s.n % 5
     FROM generate_series(1, 30000) AS s (n) JOIN people ON people.n = 1 + s.n % 301`,
    `INSERT INTO post_documents (post_id, is_open, words)
     SELECT id, true, to_tsvector('simple', 'common word' || id || CASE WHEN id % 1000 = 0 THEN ' rare' ELSE '' END
       || CASE WHEN id < 9000 THEN ' old' ELSE '' END) || array_to_tsvector(ARRAY[' from:' || author_id, ' language:en'])
     FROM posts`,
    `INSERT INTO hashtags (name, display_name) SELECT 'tag' || n, 'tag' FROM generate_series(1, 3000) AS n`,
    `INSERT INTO post_hashtags (post_id, hashtag_id, author_id, is_public)
     SELECT p.id, h.id, p.author_id, true FROM posts AS p JOIN hashtags AS h ON h.name = 'tag' || p.id % 3000`,
    `INSERT INTO previews (url, state) SELECT 'https://a.example/' || n, 'ready' FROM generate_series(1, 10000) AS n`,
    `INSERT INTO post_previews (post_id, preview_id)
     SELECT p.id, v.id FROM posts AS p JOIN previews AS v ON v.url = 'https://a.example/' || p.id % 10000`,
    `INSERT INTO reactions (account_id, post_id) SELECT author_id, 1000 + (id * 7) % 29000 + 1 FROM posts`,
    `INSERT INTO mentions (post_id, account_id) SELECT id, author_id FROM posts WHERE id % 3 = 0`,
    `INSERT INTO trends (kind, subject_id, score) SELECT 'links', id, id % 100 FROM previews WHERE id % 50 = 0`,
    `INSERT INTO trends (kind, subject_id, score) SELECT 'statuses', id, id % 100 FROM posts WHERE id % 100 = 0`,
    `INSERT INTO trends (kind, subject_id, score) SELECT 'tags', id, id % 100 FROM hashtags WHERE id % 10 = 0`,
    'ANALYZE',
  ])
    await rows({}, each)
  return alice
}

const large =
  /Seq Scan on (posts|post_documents|hashtags|post_hashtags|previews|post_previews|reactions|mentions|trends)\b/
const flaws = (runs: Run[]): string[] =>
  runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)

const queries = [
  'common',
  'rare',
  'old',
  'rare common -old',
  '"common word1500"',
  '-rare',
  'from:u7@remote.example common',
  'language:en before:2020-01-01',
  'during:1970-01-01',
  'in:library common',
  'in:public rare',
  'nothing',
]

test('no search, trend or preview reads a table from end to end', async () => {
  const alice = await seed()
  const visitor: Ctx = { actor: { kind: 'visitor' }, remote: nowhere }
  const found: Record<string, number> = {}
  const runs = await runsOf(async () => {
    for (const query of queries)
      found[query] = (await findPosts(alice.ctx, { query, limit: 20, offset: 0 })).length
    await findPosts(alice.ctx, { query: 'rare', limit: 20, offset: 0, maxId: '9000', minId: '5000' })
    await searchHashtags(alice.ctx, { query: 'tag1', limit: 20, offset: 20 })
    await indexPost(alice.ctx, { postId: '1500' })
    await reopenPosts(alice.ctx, { accountId: alice.account.id })
    await linkPreview(alice.ctx, { postId: '1500', authorId: alice.account.id })
    await showPreview(alice.ctx, { previewId: await somePreview() })
    await clearPreviews(alice.ctx)
    for (const ctx of [alice.ctx, visitor]) {
      const page = { limit: 20, offset: 0 }
      await trendingTags(ctx, page)
      await trendingPosts(ctx, page)
      await trendingLinks(ctx, page)
      await trendingLinkAt(ctx, 'https://a.example/5')
      await linkTimeline(ctx, { previewId: await somePreview(), narrowing: {}, cursors: { limit: 20 } })
    }
    await refreshTrends(alice.ctx)
  })
  expect(found).toEqual({
    ...Object.fromEntries(queries.map((query) => [query, 20])),
    'rare common -old': 20,
    '"common word1500"': 1,
    'during:1970-01-01': 20,
    nothing: 0,
  })
  expect(runs.length).toBeGreaterThan(25)
  expect(flaws(runs)).toEqual([])
})

const somePreview = async (): Promise<Id> =>
  (await rows<{ id: Id }>({}, `SELECT id FROM previews WHERE url = 'https://a.example/5'`))[0]!.id
