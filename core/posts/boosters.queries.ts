import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import type { Related } from '../relationships/relationship.queries.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { visibleTo } from './post.policy.ts'

/** Who boosted a post, last one first; those who block the actor or are blocked are left out (STAT-29). */
export async function boostersOf(
  ctx: Ctx,
  { postId, cursors }: { postId: Id; cursors: Cursors },
): Promise<Related[]> {
  const page = pageOf(cursors, 'p.id', 3)
  const found = await rows<Related>(
    ctx,
    `SELECT p.id, p.author_id AS "accountId" FROM posts AS p
     WHERE p.boost_of_id = $1 AND ${page.where} AND ${visibleTo('$2::bigint')} ${page.order}`,
    [postId, accountIdOf(ctx.actor) ?? null, ...page.values],
  )
  return page.newestFirst(found)
}
