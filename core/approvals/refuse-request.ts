import type { Ctx, TxCtx } from '../ctx.ts'
import { erasePost } from '../posts/erase-post.ts'
import {
  answerOf,
  findRequest,
  type InteractionRequest,
  lockRequest,
} from '../posts/interactions/interaction-request.ts'
import { sharePost, takePost } from '../posts/share-post.ts'
import { eraseReaction } from '../reactions/erase-reaction.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/**
 * Refuses what somebody wants to do with a post, or takes a yes back: the like or boost goes, and so does the reply of
 * somebody elsewhere; that of a member is left to its author. Gives whether it changed anything.
 */
export const refuseRequest = (ctx: Ctx, { requestId }: { requestId: Id }): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    const found = await findRequest(ctx, requestId)
    if (!found) return false
    // Posts are held before what hangs on them, as everywhere.
    if (found.kind !== 'like') await takePost(ctx, requestId)
    await sharePost(ctx, found.targetId)
    const request = await lockRequest(ctx, requestId)
    if (!request || request.state === 'rejected') return false
    await rows(
      ctx,
      `UPDATE interaction_requests SET state = 'rejected', stamp_uri = NULL, answered_at = now() WHERE id = $1`,
      [requestId],
    )
    await undo(ctx, request)
    if (request.state === 'accepted') await emit(ctx, 'interaction.revoked', answerOf(request, requestId))
    else await emit(ctx, 'interaction.answered', answerOf(request, null))
    return true
  })

async function undo(ctx: TxCtx, { id, kind, state, accountId }: InteractionRequest): Promise<void> {
  const isDone = state === 'accepted'
  if (kind === 'like') return isDone ? eraseReaction(ctx, id) : undefined
  if (kind === 'boost') return isDone ? erasePost(ctx, id, { keepsMedia: false }) : undefined
  if (await row(ctx, 'SELECT 1 FROM posts WHERE id = $1 AND uri IS NOT NULL', [id]))
    return erasePost(ctx, id, { keepsMedia: false })
  if (!isDone) return
  await rows(ctx, 'INSERT INTO refused_replies (post_id) VALUES ($1) ON CONFLICT DO NOTHING', [id])
  await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [id])
  await emit(ctx, 'interaction.changed', { postId: id, authorId: accountId })
}
