import type { TxCtx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { lockUploads } from './lock-uploads.ts'

/**
 * Gives uploads of its author to a post, in this order; those that it has already only change places. Throws as
 * `lockUploads` (POST-13).
 */
export async function claimMedia(
  ctx: TxCtx,
  post: { id: Id; authorId: Id },
  mediaIds: readonly Id[],
): Promise<void> {
  if (mediaIds.length === 0) return
  const media = await lockUploads(ctx, { ownerId: post.authorId, postId: post.id }, mediaIds)
  for (const [position, medium] of media.entries())
    await medium.update({ postId: post.id, position, heldUntil: null }, { transaction: ctx.tx })
}
