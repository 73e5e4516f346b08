import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { holdOwnPost } from '../find-own-post.ts'
import { type AskedPolicy, choosePolicy } from './choose-policy.ts'

/**
 * Changes who may reply to, like and boost a post of the actor, and nothing else of it; what was done before stays (client
 * extensions 4.13). Throws NotFound when it is not theirs, Invalid for an unknown word.
 */
export const changePolicy = (
  ctx: Ctx,
  { postId, policy }: { postId: Id; policy: AskedPolicy },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { authorId } = await holdOwnPost(ctx, postId)
    const chosen = choosePolicy(policy)
    const changed = await rows(
      ctx,
      `UPDATE posts SET interaction_policy = $2::jsonb, version = version + 1
       WHERE id = $1 AND interaction_policy IS DISTINCT FROM $2::jsonb RETURNING id`,
      [postId, chosen && JSON.stringify(chosen)],
    )
    if (changed.length > 0) await emit(ctx, 'interaction.policyChanged', { postId, authorId })
  })
