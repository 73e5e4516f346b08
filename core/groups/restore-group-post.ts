import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/** A group elsewhere takes back that a post was taken out of it (feature deletes-tombstones-06). Gives whether it was. */
export const restoreGroupPost = async (
  ctx: Ctx,
  { groupId, postId }: { groupId: Id; postId: Id },
): Promise<boolean> =>
  (await row(
    ctx,
    `WITH restored AS (UPDATE group_marks SET removed_at = NULL
       WHERE post_id = $2 AND group_id = $1 AND removed_at IS NOT NULL RETURNING post_id)
     UPDATE posts SET group_id = $1, version = version + 1 FROM restored
     WHERE id = restored.post_id AND group_id IS NULL RETURNING id`,
    [groupId, postId],
  )) !== undefined
