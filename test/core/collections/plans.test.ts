import { collectionCards, collectionsOf, collectionsWith } from '#core/collections/collection.queries'
import { rows } from '#platform/db'
import { cast } from '#test/factories/account'
import { runsOf } from '#test/support/plans'

test('no query about collections reads a table from end to end', async () => {
  const { alice } = await cast('alice')
  for (const sql of [
    `INSERT INTO accounts (id, username, domain, uri) SELECT n, 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 3000) AS n`,
    `INSERT INTO collections (id, owner_id, name) SELECT n, 1 + n % 1000, 'x' FROM generate_series(1, 5000) AS n`,
    `INSERT INTO collection_items (collection_id, account_id, state) SELECT c.id, a.id, 'accepted'
     FROM collections AS c JOIN accounts AS a ON a.id BETWEEN 1 + c.id % 2900 AND 10 + c.id % 2900`,
    `INSERT INTO blocks (blocker_id, blocked_id) SELECT a.id, b.id FROM accounts AS a JOIN accounts AS b
     ON b.id <> a.id WHERE a.id <= 200 AND (a.id + b.id) % 50 = 0`,
    'ANALYZE',
  ])
    await rows({}, sql)
  const part = { limit: 40, offset: 0 }
  const runs = await runsOf(async () => {
    await collectionsOf(alice.ctx, '5', part)
    await collectionsWith(alice.ctx, '50', part)
    await collectionCards(alice.ctx, ['1', '2', '3'])
  })
  const large = /Seq Scan on (accounts|collections|collection_items|blocks)\b/
  expect(runs).toHaveLength(3)
  expect(runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 1000)).toEqual([])
})
