import { actingId } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import { Forbidden, Invalid } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findPost } from '../find-post.ts'
import { holdOwnPost } from '../find-own-post.ts'
import { quotePolicyOf } from '../quote.policy.ts'

/**
 * Changes who may quote a post of the actor, and nothing else of it (STAT-32, QUOTE-03). Quotes that were accepted stay.
 * Throws NotFound when it may not be seen, Forbidden when it is somebody else's, Invalid for a boost or an unknown policy.
 */
export async function changeQuotePolicy(
  ctx: Ctx,
  { postId, policy }: { postId: Id; policy: string },
): Promise<void> {
  const seen = await findPost(ctx, postId)
  if (seen.authorId !== actingId(ctx)) throw new Forbidden()
  if (seen.boostOfId) throw new Invalid('Validation failed: A boost has no policy of its own')
  await transact(ctx, async (ctx) => {
    const { authorId, visibility } = await holdOwnPost(ctx, postId)
    const { automatic, manual } = quotePolicyOf(policy, visibility)
    const changed = await rows(
      ctx,
      `UPDATE posts SET quote_automatic = $2, quote_manual = $3, version = version + 1
       WHERE id = $1 AND (quote_automatic, quote_manual) IS DISTINCT FROM ($2::text[], $3::text[]) RETURNING id`,
      [postId, automatic, manual],
    )
    if (changed.length > 0) await emit(ctx, 'quote.policyChanged', { postId, authorId })
  })
}
