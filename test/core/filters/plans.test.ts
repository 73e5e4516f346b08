import {
  countKeywords,
  filterOf,
  filterOfKeyword,
  filterOfPost,
  filtersOf,
} from '#core/filters/filter.queries'
import { rows } from '#platform/db'
import { runsOf } from '#test/support/plans'

test('no query about filters reads a table from end to end, or many rows for nothing', async () => {
  for (const sql of [
    `INSERT INTO accounts (id, username, domain, uri) SELECT n, 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 500) AS n`,
    `INSERT INTO posts (id, author_id, thread_id, visibility) SELECT n, 1 + n % 500, n, 'public'
     FROM generate_series(1, 5000) AS n`,
    `INSERT INTO filters (id, account_id, title, contexts, action) SELECT n, 1 + n % 500, 'x', '{home}', 'warn'
     FROM generate_series(1, 5000) AS n`,
    `INSERT INTO filter_keywords (id, filter_id, keyword) SELECT n, 1 + n % 5000, 'x' FROM generate_series(1, 20000) AS n`,
    `INSERT INTO filter_posts (id, filter_id, post_id) SELECT n, n, n FROM generate_series(1, 5000) AS n`,
    'ANALYZE',
  ])
    await rows({}, sql)
  const runs = await runsOf(async () => {
    await filtersOf({}, ['7'])
    await filterOf({}, '7', '6')
    await filterOfKeyword({}, '7', '5')
    await filterOfPost({}, '7', '6')
    await countKeywords({}, '7')
  })
  expect(runs).toHaveLength(5)
  expect(runs.filter(({ plan }) => /Seq Scan on filter/.test(plan)).map(({ sql }) => sql)).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 100)).toEqual([])
})
