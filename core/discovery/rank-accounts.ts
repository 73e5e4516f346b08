import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import { firstIdOf } from '#platform/ids'
import { mayBeMet } from './discovery.policy.ts'

const WEEK = 7 * 86_400_000

/** Ranks everybody who may be found, by their last post, followers, and what their posts met with this week. A schedule. */
export async function rankAccounts(ctx: Ctx): Promise<void> {
  await rows(ctx, rank('true'))
  await rows(ctx, weigh, [firstIdOf(new Date(now().getTime() - WEEK))])
  await rows(ctx, forget('true'))
}

/** The same for one account whose profile changed: a member who wants to be found now is in the directory at once. */
export async function rankAccount(ctx: Ctx, { accountId }: Facts['account.updated']): Promise<void> {
  await rows(ctx, rank('a.id = $1::bigint'), [accountId])
  await rows(ctx, forget('a.id = $1::bigint'), [accountId])
}

const rank = (which: string): string => `
  INSERT INTO account_ranks (account_id, is_local, last_post_at, followers_count)
  SELECT a.id, a.domain IS NULL, coalesce(a.last_post_at, '-infinity'), a.followers_count
  FROM accounts AS a WHERE ${which} AND ${mayBeMet} ORDER BY a.id
  ON CONFLICT (account_id) DO UPDATE SET last_post_at = excluded.last_post_at,
    followers_count = excluded.followers_count
  WHERE (account_ranks.last_post_at, account_ranks.followers_count)
    IS DISTINCT FROM (excluded.last_post_at, excluded.followers_count)`

const forget = (which: string): string =>
  `DELETE FROM account_ranks AS r USING accounts AS a WHERE a.id = r.account_id AND ${which} AND NOT ${mayBeMet}`

// Favourites and boosts have ids in order of time: a week of them is one range.
const weigh = `
  WITH met AS MATERIALIZED (
    SELECT p.author_id, count(*)::int AS count FROM (
      SELECT post_id FROM reactions WHERE id > $1::bigint
      UNION ALL SELECT boost_of_id FROM posts WHERE id > $1::bigint AND boost_of_id IS NOT NULL) AS each
      JOIN posts AS p ON p.id = each.post_id AND p.visibility IN ('public', 'unlisted')
    GROUP BY p.author_id),
    wanted AS (SELECT r.account_id, coalesce(met.count, 0) AS count
      FROM account_ranks AS r LEFT JOIN met ON met.author_id = r.account_id)
  UPDATE account_ranks AS r SET interactions_count = w.count FROM wanted AS w
  WHERE w.account_id = r.account_id AND r.interactions_count <> w.count`
