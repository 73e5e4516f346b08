import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { findPost } from '../find-post.ts'

/** Keeps a post no longer (STAT-22). Throws NotFound when it was not kept and may not be seen. */
export async function unbookmarkPost(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  const was = await row(ctx, 'DELETE FROM bookmarks WHERE account_id = $1 AND post_id = $2 RETURNING id', [
    accountIdOf(ctx.actor) ?? null,
    postId,
  ])
  if (!was) await findPost(ctx, postId)
}
