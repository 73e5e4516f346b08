import type { TxCtx } from '../ctx.ts'
import { erasePost } from '../posts/erase-post.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

/**
 * Writes that a post is in a group no more: the boost by the group goes, the post stays with its author. Throws NotFound when it
 * is not in that group.
 */
export async function takePostOut(
  ctx: TxCtx,
  { groupId, postId }: { groupId: Id; postId: Id },
): Promise<void> {
  const boost = await row<{ id: Id | null }>(
    ctx,
    `SELECT (SELECT b.id FROM posts AS b WHERE b.boost_of_id = p.id AND b.author_id = p.group_id) AS id
     FROM posts AS p WHERE p.id = $1 AND p.group_id = $2`,
    [postId, groupId],
  )
  if (!boost) throw new NotFound()
  if (boost.id) await erasePost(ctx, boost.id, { keepsMedia: false })
  await rows(ctx, 'UPDATE posts SET group_id = NULL WHERE id = $1', [postId])
  await rows(
    ctx,
    `INSERT INTO group_marks (post_id, group_id, removed_at) VALUES ($1, $2, now())
     ON CONFLICT (post_id) DO UPDATE SET removed_at = now(), pinned_at = NULL`,
    [postId, groupId],
  )
}
