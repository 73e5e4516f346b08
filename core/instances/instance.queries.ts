import type { Transaction } from 'sequelize'
import { row, rows } from '#platform/db'
import { isBarred } from './instance.policy.ts'

/** How large this instance is. */
export type Figures = { people: number; posts: number; servers: number }

/** Counts confirmed members, what they posted, and the servers that were ever met. */
export async function countFigures(ctx: { tx?: Transaction | undefined }): Promise<Figures> {
  const found = await row<Figures>(
    ctx,
    `SELECT count(*)::int AS people, coalesce(sum(a.posts_count), 0)::int AS posts,
       (SELECT count(*)::int FROM instances) AS servers
     FROM users AS u JOIN accounts AS a ON a.id = u.account_id
     WHERE u.confirmed_at IS NOT NULL AND u.approved_at IS NOT NULL AND a.suspended_at IS NULL`,
  )
  return found ?? { people: 0, posts: 0, servers: 0 }
}

/** How many members were here in the last thirty days. */
export async function countActive(ctx: { tx?: Transaction | undefined }): Promise<number> {
  const found = await row<{ members: number }>(
    ctx,
    `SELECT count(*)::int AS members FROM users WHERE last_active_at > now() - interval '30 days'`,
  )
  return found?.members ?? 0
}

/** The servers that were ever met, by domain, without those that are barred here. */
export const knownDomains = async (ctx: { tx?: Transaction | undefined }): Promise<string[]> =>
  (
    await rows<{ domain: string }>(
      ctx,
      `SELECT i.domain FROM instances AS i
       WHERE NOT ${isBarred('i.domain')}
       ORDER BY i.domain`,
    )
  ).map(({ domain }) => domain)

/** At most ten servers that were met here, by the beginning of their domain (MISC-17). */
export const domainsLike = async (
  ctx: { tx?: Transaction | undefined },
  beginning: string,
): Promise<string[]> =>
  (
    await rows<{ domain: string }>(
      ctx,
      `SELECT i.domain FROM instances AS i
       WHERE i.domain LIKE $1 AND NOT ${isBarred('i.domain')}
       ORDER BY i.domain LIMIT 10`,
      [`${beginning.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`],
    )
  ).map(({ domain }) => domain)

/** What happened here in one week: when it began, and how many posts, active members and newcomers it had. */
export type Week = { week: Date; posts: number; active: number; newcomers: number }

/** The last twelve weeks, newest first (INST-22). Weeks begin on Mondays (UTC). */
export const lastWeeks = (ctx: { tx?: Transaction | undefined }): Promise<Week[]> =>
  rows<Week>(
    ctx,
    `WITH weeks AS (
       SELECT date_trunc('week', now(), 'UTC') - make_interval(weeks => back) AS week FROM generate_series(0, 11) AS back
     ), posted AS (
       SELECT date_trunc('week', published_at, 'UTC') AS week, count(*)::int AS posts FROM posts
       WHERE uri IS NULL AND id >= (SELECT (extract(epoch FROM min(week)) * 1000)::bigint << 16 FROM weeks)
       GROUP BY 1
     ), active AS (
       SELECT week, count(*)::int AS active FROM active_weeks GROUP BY 1
     ), joined AS (
       SELECT date_trunc('week', created_at, 'UTC') AS week, count(*)::int AS newcomers FROM users
       WHERE created_at >= (SELECT min(week) FROM weeks) GROUP BY 1
     )
     SELECT w.week, coalesce(p.posts, 0) AS posts, coalesce(a.active, 0) AS active,
       coalesce(j.newcomers, 0) AS newcomers
     FROM weeks AS w LEFT JOIN posted AS p USING (week) LEFT JOIN active AS a USING (week)
       LEFT JOIN joined AS j USING (week)
     ORDER BY w.week DESC`,
  )
