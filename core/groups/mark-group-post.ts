import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'
import { stateDeed } from './state-deed.ts'

export type GroupMark = 'lock' | 'pin'

const columns = { lock: 'locked_at', pin: 'pinned_at' } as const
const facts = {
  lock: ['group.threadUnlocked', 'group.threadLocked'],
  pin: ['group.postUnpinned', 'group.postPinned'],
} as const

/**
 * Locks the thread of a post in a group, so that moderators alone answer in it, or pins a post at the top of the group; or
 * takes that back (feature groups-11). Its moderators may. What is so already changes nothing. Throws NotFound when it is not in
 * that group, and Forbidden.
 */
export const markGroupPost = (
  ctx: Ctx,
  wish: { groupId: Id; postId: Id; mark: GroupMark; isOn: boolean },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { groupId, mark, isOn } = wish
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'moderator')
    const of = mark === 'lock' ? 'coalesce(root.id, p.id)' : 'p.id'
    const post = await row<{ id: Id }>(
      ctx,
      `SELECT ${of} AS id FROM posts AS p LEFT JOIN posts AS root ON root.id = p.thread_id AND root.group_id = p.group_id
       WHERE p.id = $1 AND p.group_id = $2`,
      [wish.postId, groupId],
    )
    if (!post) throw new NotFound()
    const changed = await row(ctx, change(columns[mark]), [post.id, groupId, isOn])
    const fact = facts[mark][isOn ? 1 : 0]
    if (changed) await stateDeed(ctx, fact, { groupId, postId: post.id })
  })

const change = (column: string): string => `
  INSERT INTO group_marks AS m (post_id, group_id, ${column})
  SELECT $1, $2, now() WHERE $3 OR EXISTS (SELECT FROM group_marks WHERE post_id = $1 AND ${column} IS NOT NULL)
  ON CONFLICT (post_id) DO UPDATE SET ${column} = CASE WHEN $3 THEN now() END
    WHERE (m.${column} IS NOT NULL) <> $3
  RETURNING post_id`
