import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findPost } from '../posts/find-post.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { eraseReaction } from './erase-reaction.ts'
import { emojiNamed } from './find-given-emoji.ts'

/**
 * Takes an emoji of the actor back, or all that they gave the post, also of one that may not be seen any more. Throws
 * NotFound when there is none and the post may not be seen.
 */
export const takeBackEmoji = (
  ctx: Ctx,
  { postId, name }: { postId: Id; name?: string | undefined },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const emoji = name === undefined ? null : (emojiNamed(name) ?? '')
    const given = await rows<{ id: Id }>(
      ctx,
      `SELECT id FROM reactions WHERE account_id = $1 AND emoji <> '' AND ($3::text IS NULL OR emoji = $3)
         AND post_id IN ($2, (SELECT boost_of_id FROM posts WHERE id = $2))`,
      [actingId(ctx), postId, emoji],
    )
    for (const { id } of given) await eraseReaction(ctx, id)
    if (given.length === 0) await findPost(ctx, postId)
  })
