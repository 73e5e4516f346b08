import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import type { Related } from '../relationships/relationship.queries.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { unblocked } from '../posts/post.policy.ts'

/** Who likes a post, last one first; those who block the actor or are blocked are left out (STAT-29). */
export async function likersOf(
  ctx: Ctx,
  { postId, cursors }: { postId: Id; cursors: Cursors },
): Promise<Related[]> {
  const page = pageOf(cursors, 'r.id', 3)
  const found = await rows<Related>(
    ctx,
    `SELECT r.id, a.id AS "accountId" FROM reactions AS r JOIN accounts AS a ON a.id = r.account_id
     WHERE r.post_id = $1 AND r.emoji = '' AND a.suspended_at IS NULL AND a.gone_at IS NULL
       AND ${page.where} AND ${unblocked('$2::bigint', 'a.id')} ${page.order}`,
    [postId, accountIdOf(ctx.actor) ?? null, ...page.values],
  )
  return page.newestFirst(found)
}
