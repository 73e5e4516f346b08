import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { unblocked } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Picture } from './reaction.model.ts'

/** Who gave a post an emoji; `id` is that of the reaction. */
export type Reactor = { id: Id; accountId: Id; emoji: string; picture: Picture | null }

/**
 * Who gave a post which emoji, or that one, last one first; those who block the actor or are blocked are left out, as of
 * favourites (STAT-29).
 */
export async function reactorsOf(
  ctx: Ctx,
  { postId, emoji, cursors }: { postId: Id; emoji?: string | undefined; cursors: Cursors },
): Promise<Reactor[]> {
  // Only what is asked for stands in the statement: each has an index of its own.
  const [ofEmoji, values] = emoji === undefined ? ['', []] : ['AND r.emoji = $3', [emoji]]
  const page = pageOf(cursors, 'r.id', 3 + values.length)
  const found = await rows<Reactor>(
    ctx,
    `SELECT r.id, a.id AS "accountId", r.emoji, r.picture FROM reactions AS r JOIN accounts AS a ON a.id = r.account_id
     WHERE r.post_id = $1 AND r.emoji <> '' ${ofEmoji} AND a.suspended_at IS NULL
       AND a.gone_at IS NULL AND ${page.where} AND ${unblocked('$2::bigint', 'a.id')} ${page.order}`,
    [postId, accountIdOf(ctx.actor) ?? null, ...values, ...page.values],
  )
  return page.newestFirst(found)
}
