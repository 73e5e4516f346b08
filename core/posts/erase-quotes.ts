import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * What the end of a post means for quotes: those of it are quotes of something deleted, and its own is counted no more.
 */
export async function eraseQuotes(ctx: TxCtx, postId: Id): Promise<void> {
  await rows(
    ctx,
    `UPDATE posts SET quotes_count = greatest(quotes_count - 1, 0) WHERE id = (
       SELECT quoted_id FROM quotes WHERE post_id = $1 AND state = 'accepted')`,
    [postId],
  )
  await rows(
    ctx,
    `UPDATE quotes SET quoted_id = NULL, changed_at = now(),
       state = CASE WHEN state IN ('accepted', 'pending') THEN 'deleted' ELSE state END
     WHERE quoted_id = $1`,
    [postId],
  )
}
