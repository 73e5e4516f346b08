import type { Ctx } from '../ctx.ts'
import { erasePost } from '../posts/erase-post.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'
import { stateDeed } from './state-deed.ts'

/**
 * Takes a post out of a group for good: its moderators may. It stays with its author, the boost by the group goes. Throws
 * NotFound when it is not in that group, and Forbidden.
 */
export const removeGroupPost = (ctx: Ctx, { groupId, postId }: { groupId: Id; postId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'moderator')
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
    await stateDeed(ctx, 'group.postRemoved', { groupId, postId })
  })
