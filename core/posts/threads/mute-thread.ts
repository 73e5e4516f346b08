import { actingId } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { findOriginal } from '../find-post.ts'

/**
 * Silences the conversation that a post belongs to: the actor gets no notifications from it (STAT-28, NOTE-05); twice is
 * once (STAT-22). Throws NotFound when the post may not be seen.
 */
export async function muteThread(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  const accountId = actingId(ctx)
  const { threadId } = await findOriginal(ctx, postId)
  await rows(ctx, 'INSERT INTO thread_mutes (account_id, thread_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    accountId,
    threadId,
  ])
}
