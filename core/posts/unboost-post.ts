import { accountIdOf, actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { erasePost } from './erase-post.ts'
import { withdrawWish } from './interactions/withdraw-wish.ts'
import { findOriginal } from './find-post.ts'

/**
 * Takes back the actor's boost of a post, named by the id of the original or of the boost (STAT-25). Gives the id of the
 * original. When there is no boost nothing happens. Throws NotFound when the post may not be seen.
 */
export const unboostPost = (ctx: Ctx, { postId }: { postId: Id }): Promise<Id> =>
  transact(ctx, async (ctx) => {
    const boost = await row<{ id: Id; originalId: Id }>(
      ctx,
      `SELECT id, boost_of_id AS "originalId" FROM posts
       WHERE author_id = $1 AND boost_of_id IN ($2, (SELECT boost_of_id FROM posts WHERE id = $2))`,
      [accountIdOf(ctx.actor) ?? null, postId],
    )
    if (!boost) return unask(ctx, postId)
    await erasePost(ctx, boost.id, { keepsMedia: false })
    return boost.originalId
  })

/** Nor does its author have to say yes to it any more, who may have been asked elsewhere. */
async function unask(ctx: TxCtx, postId: Id): Promise<Id> {
  const { id: boostOfId } = await findOriginal(ctx, postId)
  const authorId = actingId(ctx)
  const wish = await withdrawWish(ctx, { kind: 'boost', accountId: authorId, targetId: boostOfId })
  if (wish?.state === 'pending')
    await emit(ctx, 'post.unboosted', { postId: wish.id, authorId, boostOfId, uri: null })
  return boostOfId
}
