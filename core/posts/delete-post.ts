import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { erasePost } from './erase-post.ts'
import { findOwnPost } from './find-own-post.ts'

/**
 * Deletes a post or boost of the actor (STAT-20, STAT-21). Its uploads can be used again for a day, unless
 * `deletesMedia`. Throws NotFound when it is not theirs.
 */
export const deletePost = (
  ctx: Ctx,
  { postId, deletesMedia = false }: { postId: Id; deletesMedia?: boolean | undefined },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findOwnPost(ctx, postId)
    await erasePost(ctx, postId, { keepsMedia: !deletesMedia })
  })
