import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { eraseReaction } from './erase-reaction.ts'

/**
 * The author of a post, elsewhere, refuses the reaction of a member, which is taken back (federation rule 217). Anybody else's
 * word changes nothing.
 */
export const refuseReaction = (
  ctx: Ctx,
  { reactionId, actorId }: { reactionId: Id; actorId: Id },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const found = await row<{ id: Id }>(
      ctx,
      `SELECT r.id FROM reactions AS r JOIN posts AS p ON p.id = r.post_id JOIN accounts AS a ON a.id = r.account_id
       WHERE r.id = $1 AND p.author_id = $2 AND a.domain IS NULL`,
      [reactionId, actorId],
    )
    if (found) await eraseReaction(ctx, found.id)
  })
