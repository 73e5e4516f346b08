import type { Transaction } from 'sequelize'
import { row } from '#platform/db'

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
