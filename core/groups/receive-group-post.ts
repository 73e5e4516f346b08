import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * A group elsewhere passed on a post: it is in that group when it is addressed to it, or answers what is in it (federation rule
 * 207), and was not taken out. What is in no group stays in none by the word of a group alone.
 */
export const receiveGroupPost = async (
  ctx: Ctx,
  { groupId, postId }: { groupId: Id; postId: Id },
): Promise<void> => {
  await rows(
    ctx,
    `UPDATE posts AS p SET group_id = $1, version = version + 1
     WHERE p.id = $2 AND p.group_id IS NULL AND p.boost_of_id IS NULL AND p.visibility IN ('public', 'unlisted')
       AND (EXISTS (SELECT FROM mentions AS m WHERE m.post_id = p.id AND m.account_id = $1)
         OR EXISTS (SELECT FROM posts AS parent WHERE parent.id = p.reply_to_id AND parent.group_id = $1))
       AND NOT EXISTS (SELECT FROM group_marks AS gm WHERE gm.post_id = p.id AND gm.removed_at IS NOT NULL)`,
    [groupId, postId],
  )
}
