import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { visibleTo } from '../posts/post.policy.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** A conversation as its member sees it; `participantIds` are the others. */
export type Talk = { id: Id; participantIds: Id[]; lastPostId: Id; isUnread: boolean }

const columns = `c.id, c.participant_ids::text[] AS "participantIds", c.last_post_id AS "lastPostId",
  c.is_unread AS "isUnread"`

const shown = `EXISTS (SELECT FROM posts AS p WHERE p.id = c.last_post_id AND ${visibleTo('$1::bigint')})`

/** A page of a member's conversations, by their last posts, whose ids are the cursors (PAGE-16). */
export async function conversationsOf(
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
  cursors: Cursors,
): Promise<Talk[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'c.last_post_id', 2)
  const sql = `SELECT ${columns} FROM conversations AS c WHERE c.account_id = $1 AND ${shown} AND ${where} ${order}`
  return newestFirst(await rows<Talk>(ctx, sql, [accountId, ...values]))
}

/** One conversation of a member, or undefined. */
export const conversationOf = (ctx: Pick<Ctx, 'tx'>, accountId: Id, id: Id): Promise<Talk | undefined> =>
  row(ctx, `SELECT ${columns} FROM conversations AS c WHERE c.id = $2 AND c.account_id = $1 AND ${shown}`, [
    accountId,
    id,
  ])
