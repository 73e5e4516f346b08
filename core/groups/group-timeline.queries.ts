import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { visibleTo, welcomeTo } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * What begins threads in a group that is hosted here, newest first: what the viewer may see, by whom they want to meet
 * (STAT-02). What groups elsewhere bring is among the posts of their account.
 */
export async function groupTimeline(ctx: Ctx, groupId: Id, cursors: Cursors): Promise<Id[]> {
  const viewerId = accountIdOf(ctx.actor) ?? null
  const { where, order, values, newestFirst } = pageOf(cursors, 'p.id', 3)
  const seen = `${visibleTo('$2::bigint')} AND ${welcomeTo('$2::bigint', 'p.author_id')}`
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM posts AS p WHERE p.group_id = $1 AND p.reply_to_id IS NULL AND p.reply_to_uri IS NULL
       AND ${seen} AND ${where} ${order}`,
    [groupId, viewerId, ...values],
  )
  return newestFirst(found).map(({ id }) => id)
}
