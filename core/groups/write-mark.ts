import type { TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

export type GroupMark = 'lock' | 'pin'

/** What a moderator wants of a post in a group: a lock is that of its thread. */
export type MarkWish = { groupId: Id; postId: Id; mark: GroupMark; isOn: boolean }

const columns = { lock: 'locked_at', pin: 'pinned_at' } as const

/**
 * Writes that the thread of a post in a group is locked, or the post pinned, or that it is so no more. Gives the id of the post
 * that bears the mark; undefined when it was so already. Throws NotFound when the post is not in that group.
 */
export async function writeMark(ctx: TxCtx, wish: MarkWish): Promise<Id | undefined> {
  const { groupId, mark, isOn } = wish
  const of = mark === 'lock' ? 'coalesce(root.id, p.id)' : 'p.id'
  const post = await row<{ id: Id }>(
    ctx,
    `SELECT ${of} AS id FROM posts AS p LEFT JOIN posts AS root ON root.id = p.thread_id AND root.group_id = p.group_id
     WHERE p.id = $1 AND p.group_id = $2`,
    [wish.postId, groupId],
  )
  if (!post) throw new NotFound()
  const changed = await row(ctx, change(columns[mark]), [post.id, groupId, isOn])
  return changed ? post.id : undefined
}

const change = (column: string): string => `
  INSERT INTO group_marks AS m (post_id, group_id, ${column})
  SELECT $1, $2, now() WHERE $3 OR EXISTS (SELECT FROM group_marks WHERE post_id = $1 AND ${column} IS NOT NULL)
  ON CONFLICT (post_id) DO UPDATE SET ${column} = CASE WHEN $3 THEN now() END
    WHERE (m.${column} IS NOT NULL) <> $3
  RETURNING post_id`
