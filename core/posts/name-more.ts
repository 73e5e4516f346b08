import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { MentionDraft } from './post-draft.ts'
import { recordMentions } from './record-mentions.ts'

/**
 * Writes whom a post of another server names, when accounts among them became known only after it was stored. Nobody is
 * told: members are known from the start. Does nothing when the post is gone.
 */
export const nameMore = (
  ctx: Ctx,
  { postId, mentions }: { postId: Id; mentions: readonly MentionDraft[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const there = await rows(
      ctx,
      'UPDATE posts SET version = version + 1 WHERE id = $1 AND uri IS NOT NULL RETURNING id',
      [postId],
    )
    if (there.length > 0) await recordMentions(ctx, postId, mentions)
  })
