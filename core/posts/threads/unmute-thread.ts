import { actingId } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { findOriginal } from '../find-post.ts'

/** Lets the conversation that a post belongs to be heard again (STAT-22). Throws NotFound when the post may not be seen. */
export async function unmuteThread(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  const accountId = actingId(ctx)
  const { threadId } = await findOriginal(ctx, postId)
  await rows(ctx, 'DELETE FROM thread_mutes WHERE account_id = $1 AND thread_id = $2', [accountId, threadId])
}
