import { accountIdOf, actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { findPost } from '../posts/find-post.ts'
import { withdrawWish } from '../posts/interactions/withdraw-wish.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { eraseReaction } from './erase-reaction.ts'

/**
 * Takes back the actor's favourite (STAT-22), also of a post that may not be seen any more. Throws NotFound when there
 * is none and the post may not be seen.
 */
export const unreact = (ctx: Ctx, { postId }: { postId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const reaction = await row<{ id: Id }>(
      ctx,
      `SELECT id FROM reactions WHERE account_id = $1 AND emoji = ''
         AND post_id IN ($2, (SELECT boost_of_id FROM posts WHERE id = $2))`,
      [accountIdOf(ctx.actor) ?? null, postId],
    )
    if (reaction) await eraseReaction(ctx, reaction.id)
    else await unask(ctx, postId)
  })

/** Nor does its author have to say yes to it any more, who may have been asked elsewhere. */
async function unask(ctx: TxCtx, asked: Id): Promise<void> {
  await findPost(ctx, asked)
  const accountId = actingId(ctx)
  const wish = await withdrawWish(ctx, { kind: 'like', accountId, targetId: asked })
  if (wish?.state !== 'pending') return
  const { id: reactionId, targetId: postId, emoji } = wish
  await emit(ctx, 'reaction.removed', { reactionId, accountId, postId, emoji, uri: null })
}
