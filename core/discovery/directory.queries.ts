import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { welcomeTo } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { mayBeMet } from './discovery.policy.ts'

export type DirectoryPage = { order: 'active' | 'new'; isLocal: boolean; limit: number; offset: number }

/** Whoever reads that far is no reader; what is skipped costs as much as what is shown. */
const DEEPEST = 10_000

/**
 * A page of the accounts that want to be found, by their last post or the newest first, without those whom the actor
 * does not want to meet (ACCT-41).
 */
export async function directory(
  ctx: Ctx,
  { order, isLocal, limit, offset }: DirectoryPage,
): Promise<{ id: Id }[]> {
  const viewerId = accountIdOf(ctx.actor)
  const welcome = viewerId ? ` AND ${welcomeTo('$3::bigint', 'r.account_id')}` : ''
  // A scalar subquery, as PostgreSQL would read all accounts to join them where the page only needs a few.
  return rows(
    ctx,
    `SELECT r.account_id AS id FROM account_ranks AS r
     WHERE (SELECT ${mayBeMet} FROM accounts AS a WHERE a.id = r.account_id)${isLocal ? ' AND r.is_local' : ''}${welcome}
     ORDER BY ${order === 'new' ? '' : 'r.last_post_at DESC, '}r.account_id DESC LIMIT $1::int OFFSET $2::int`,
    [limit, Math.min(offset, DEEPEST), ...(viewerId ? [viewerId] : [])],
  )
}
