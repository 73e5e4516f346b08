import type { Ctx } from '#core/ctx'
import { directory } from '#core/discovery/directory.queries'
import { rankAccount, rankAccounts } from '#core/discovery/rank-accounts'
import { suggestionsFor } from '#core/discovery/suggestion.queries'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { cast } from '#test/factories/account'
import { runsOf } from '#test/support/plans'

const visitor: Ctx = { actor: { kind: 'visitor' }, remote: nowhere }

/** 8,000 people who want to be found, a tenth of them here; the first 500 follow 160 each. */
async function seed(): Promise<void> {
  for (const sql of [
    `INSERT INTO accounts (id, username, domain, uri, is_discoverable, last_post_at, followers_count)
     SELECT n, 'u' || n, CASE WHEN n % 10 > 0 THEN 'remote.example' END, 'https://remote.example/' || n, true,
       now() - n * 77 % 5000 * interval '1 hour', n * 31 % 7000 FROM generate_series(1, 8000) AS n`,
    `INSERT INTO follows (follower_id, followed_id, state) SELECT a.id, b.id, 'accepted'
     FROM accounts AS a JOIN accounts AS b ON b.id <> a.id WHERE a.id <= 500 AND (a.id + b.id * 7) % 50 = 0`,
    `INSERT INTO blocks (blocker_id, blocked_id) SELECT a.id, b.id FROM accounts AS a, accounts AS b
     WHERE a.id <= 100 AND b.id % 90 = 7`,
    `INSERT INTO mutes (muter_id, muted_id) SELECT a.id, b.id FROM accounts AS a, accounts AS b
     WHERE a.id <= 100 AND b.id % 90 = 8`,
    `INSERT INTO suggestion_dismissals (account_id, dismissed_id) SELECT a.id, b.id FROM accounts AS a, accounts AS b
     WHERE a.id <= 100 AND b.id % 90 = 9`,
    'ANALYZE',
  ])
    await rows({}, sql)
  await rankAccounts(visitor)
  await rows({}, 'UPDATE account_ranks SET interactions_count = account_id % 900 WHERE account_id % 4 = 0')
  await rows({}, 'ANALYZE')
}

test('no page of the directory or of suggestions reads a table from end to end', async () => {
  const { alice } = await cast('alice')
  await seed()
  const ctx: Ctx = { ...alice.ctx, actor: { ...alice.actor, accountId: '1' } }
  const runs = await runsOf(async () => {
    for (const who of [ctx, visitor])
      for (const order of ['active', 'new'] as const)
        for (const isLocal of [true, false]) await directory(who, { order, isLocal, limit: 40, offset: 40 })
    await suggestionsFor(ctx, '1', { limit: 40, offset: 0 })
    await rankAccount(visitor, { accountId: '5' })
  })
  const large = /Seq Scan on (accounts|account_ranks|follows|blocks|mutes|suggestion_dismissals)\b/
  expect(runs.length).toBe(11)
  expect(runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 1000)).toEqual([])
})
