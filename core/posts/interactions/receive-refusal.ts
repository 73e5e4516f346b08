import type { Ctx } from '../../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { erasePost } from '../erase-post.ts'

type Refusal = {
  /** The reply or boost of a member. */
  postId: Id
  /** Who answers: counts only as the author of what was answered or boosted. */
  actorId: Id
  isRefused: boolean
}

/**
 * Takes what the author of a post, elsewhere, says to what a member did with it. A refused reply stands in its thread for its
 * author and their followers alone (federation rule 219), until the author thinks better of it; a refused boost is
 * taken back. What is not by a member, or about a post of somebody else, changes nothing.
 */
export const receiveRefusal = (ctx: Ctx, { postId, actorId, isRefused }: Refusal): Promise<void> =>
  transact(ctx, async (ctx) => {
    const found = await row<{ isBoost: boolean }>(
      ctx,
      `SELECT p.boost_of_id IS NOT NULL AS "isBoost" FROM posts AS p
         JOIN posts AS target ON target.id = coalesce(p.boost_of_id, p.reply_to_id)
       WHERE p.id = $1 AND p.uri IS NULL AND target.author_id = $2 AND p.author_id <> $2`,
      [postId, actorId],
    )
    if (!found) return
    if (found.isBoost) {
      if (isRefused) await erasePost(ctx, postId, { keepsMedia: false })
      return
    }
    const changed = await rows(
      ctx,
      isRefused
        ? 'INSERT INTO refused_replies (post_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING post_id'
        : 'DELETE FROM refused_replies WHERE post_id = $1 RETURNING post_id',
      [postId],
    )
    // Pages that are kept show it no longer, or again.
    if (changed.length > 0) await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [postId])
  })
