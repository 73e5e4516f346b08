import type { TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { ReactionFact } from './reaction.facts.ts'
import { untallyReaction } from './tally-reaction.ts'

/** Takes a reaction away with its counter; gives what it was, or undefined when it is gone already. */
export async function forgetReaction(ctx: TxCtx, reactionId: Id): Promise<ReactionFact | undefined> {
  const erased = await row<ReactionFact>(
    ctx,
    `WITH asked AS (DELETE FROM interaction_requests WHERE id = $1)
     DELETE FROM reactions WHERE id = $1
     RETURNING id AS "reactionId", account_id AS "accountId", post_id AS "postId", emoji, uri, picture`,
    [reactionId],
  )
  if (erased?.emoji === '')
    await rows(ctx, 'UPDATE posts SET favourites_count = greatest(favourites_count - 1, 0) WHERE id = $1', [
      erased.postId,
    ])
  else if (erased) await untallyReaction(ctx, erased)
  return erased
}
