import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findOriginal } from '../posts/find-post.ts'
import { assertPermitted } from '../posts/interactions/assert-permitted.ts'
import { askAuthor } from '../posts/interactions/ask-author.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { recordReaction } from './record-reaction.ts'

/**
 * Makes a post a favourite of the actor, or asks its author to let them; twice is once (STAT-22). Throws NotFound when the post
 * may not be seen, Invalid when its author does not let them (federation rule 217).
 */
export const react = async (ctx: Ctx, { postId }: { postId: Id }): Promise<void> => {
  const accountId = actingId(ctx)
  await transact(ctx, async (ctx) => {
    const post = await findOriginal(ctx, postId)
    const standing = await assertPermitted(ctx, post, { accountId, kind: 'like' })
    if (standing === 'manual') await askAuthor(ctx, { kind: 'like', accountId, target: post })
    else await recordReaction(ctx, { accountId, postId: post.id })
  })
}
