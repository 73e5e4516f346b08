import type { TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'

type Erased = { reactionId: Id; accountId: Id; postId: Id; emoji: string; uri: string | null }

/** Takes a reaction away, with its counter and the fact; nothing happens when it is gone already. */
export async function eraseReaction(ctx: TxCtx, reactionId: Id): Promise<void> {
  const erased = await row<Erased>(
    ctx,
    `DELETE FROM reactions WHERE id = $1
     RETURNING id AS "reactionId", account_id AS "accountId", post_id AS "postId", emoji, uri`,
    [reactionId],
  )
  if (!erased) return
  await emit(ctx, 'reaction.removed', erased)
  if (erased.emoji === '')
    await rows(ctx, 'UPDATE posts SET favourites_count = greatest(favourites_count - 1, 0) WHERE id = $1', [
      erased.postId,
    ])
}
