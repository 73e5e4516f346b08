import type { Ctx, TxCtx } from '../ctx.ts'
import {
  answerOf,
  findRequest,
  type InteractionRequest,
  lockRequest,
} from '../posts/interactions/interaction-request.ts'
import { releaseReply } from '../posts/interactions/release-reply.ts'
import { recordPost } from '../posts/record-post.ts'
import { sharePost } from '../posts/share-post.ts'
import { recordReaction } from '../reactions/record-reaction.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/**
 * Lets what waits for a yes happen: the reply is published, the like or boost made, each with the id that it was promised. A
 * yes from elsewhere comes with its stamp, which was checked. What was answered before stays as it is, but that an author
 * elsewhere may think better of it. Gives whether it is accepted now.
 */
export const acceptRequest = (
  ctx: Ctx,
  { requestId, stampUri }: { requestId: Id; stampUri?: string },
): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    const found = await findRequest(ctx, requestId)
    // Posts are held before what hangs on them, as everywhere.
    if (!found || !(await sharePost(ctx, found.targetId))) return false
    if (found.kind === 'reply') await sharePost(ctx, found.id)
    const request = await lockRequest(ctx, requestId)
    if (!request || request.state === 'accepted') return request !== undefined
    if (request.state === 'rejected' && !stampUri) return false
    await rows(
      ctx,
      `UPDATE interaction_requests SET state = 'accepted', stamp_uri = $2, answered_at = now() WHERE id = $1`,
      [requestId, stampUri ?? null],
    )
    if (!(await fulfil(ctx, request))) return false
    if (!stampUri) await emit(ctx, 'interaction.answered', answerOf(request, requestId))
    return true
  })

async function fulfil(ctx: TxCtx, request: InteractionRequest): Promise<boolean> {
  const { id, kind, accountId, targetId, uri, emoji, picture, visibility } = request
  if (kind === 'reply') return releaseReply(ctx, request)
  if (kind === 'like') await recordReaction(ctx, { id, accountId, postId: targetId, uri, emoji, picture })
  else
    await recordPost(ctx, {
      id,
      authorId: accountId,
      boostOfId: targetId,
      uri,
      visibility: visibility ?? 'unlisted',
    })
  return true
}
