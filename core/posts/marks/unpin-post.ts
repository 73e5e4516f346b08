import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findPost } from '../find-post.ts'

/** Unpins a post of the actor; nothing happens when it is not pinned. Throws NotFound when the post may not be seen. */
export const unpinPost = (ctx: Ctx, { postId }: { postId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const post = await findPost(ctx, postId)
    const { authorId, uri } = post
    if (authorId !== accountIdOf(ctx.actor)) return
    const was = await row(
      ctx,
      `UPDATE posts SET pinned_at = NULL, version = version + 1 WHERE id = $1 AND pinned_at IS NOT NULL RETURNING id`,
      [postId],
    )
    if (was) await emit(ctx, 'post.unpinned', { postId, authorId, uri })
  })
