import type { Ctx } from '../ctx.ts'
import { changeQuote } from '../posts/quotes/change-quote.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { refuseRequest } from './refuse-request.ts'

/**
 * An author elsewhere takes a stamp back: the quote, reply, like or boost that it let through stands no more (federation rule
 * 214).
 */
export async function withdrawStamp(ctx: Ctx, { uri, actorId }: { uri: string; actorId: Id }): Promise<void> {
  const stamped = await rows<{ id: Id; isQuote: boolean }>(
    ctx,
    `SELECT q.post_id AS id, true AS "isQuote" FROM quotes AS q JOIN posts AS p ON p.id = q.quoted_id
       WHERE q.stamp_uri = $1 AND p.author_id = $2
     UNION ALL SELECT id, false FROM interaction_requests WHERE stamp_uri = $1 AND author_id = $2`,
    [uri, actorId],
  )
  for (const { id, isQuote } of stamped) {
    if (isQuote) await changeQuote(ctx, { postId: id, to: 'revoked', from: ['pending', 'accepted'] })
    else await refuseRequest(ctx, { requestId: id })
  }
}
