import { actingId } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import { Forbidden, NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findPost } from '../find-post.ts'
import { changeQuote } from './change-quote.ts'

/**
 * Takes back that a post quotes one of the actor's (QUOTE-12). Throws NotFound when one of the two may not be seen or the
 * one does not quote the other, Forbidden when the quoted post is somebody else's.
 */
export async function revokeQuote(
  ctx: Ctx,
  { postId, quotedId }: { postId: Id; quotedId: Id },
): Promise<void> {
  const quoted = await findPost(ctx, quotedId)
  if (quoted.authorId !== actingId(ctx)) throw new Forbidden()
  await findPost(ctx, postId)
  await transact(ctx, async (ctx) => {
    const quote = await row(ctx, 'SELECT 1 FROM quotes WHERE post_id = $1 AND quoted_id = $2', [
      postId,
      quotedId,
    ])
    if (!quote) throw new NotFound()
    const isRevoked = await changeQuote(ctx, { postId, to: 'revoked', from: ['pending', 'accepted'] })
    if (isRevoked) await emit(ctx, 'quote.revoked', { postId, quotedId })
  })
}
