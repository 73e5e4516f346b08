import type { Transaction } from 'sequelize'
import { row, rows } from '#platform/db'

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

/** The servers that were ever met, by domain, without those that are suspended here. */
export const knownDomains = async (ctx: { tx?: Transaction | undefined }): Promise<string[]> =>
  (
    await rows<{ domain: string }>(
      ctx,
      `SELECT i.domain FROM instances AS i
       WHERE NOT EXISTS (SELECT FROM domain_rules AS r WHERE r.severity = 'suspend'
         AND (i.domain = r.domain OR i.domain LIKE '%.' || r.domain))
       ORDER BY i.domain`,
    )
  ).map(({ domain }) => domain)
