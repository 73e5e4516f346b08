import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { List } from './list.model.ts'

type Shown = Pick<List, 'id' | 'title' | 'repliesPolicy' | 'isExclusive'>

const columns = 'l.id, l.title, l.replies_policy AS "repliesPolicy", l.is_exclusive AS "isExclusive"'

/** All lists of a member, in the order they were made. */
export const listsOf = (ctx: Pick<Ctx, 'tx'>, ownerId: Id): Promise<Shown[]> =>
  rows(ctx, `SELECT ${columns} FROM lists AS l WHERE l.owner_id = $1 ORDER BY l.id`, [ownerId])

/** Those of a member's lists that hold an account (ACCT-37). */
export const listsWith = (ctx: Pick<Ctx, 'tx'>, ownerId: Id, accountId: Id): Promise<Shown[]> =>
  rows(
    ctx,
    `SELECT ${columns} FROM lists AS l JOIN list_members AS m ON m.list_id = l.id
     WHERE l.owner_id = $1 AND m.account_id = $2 ORDER BY l.id`,
    [ownerId, accountId],
  )

/** The accounts in a list by descending id, which is the cursor; all of them without a page. */
export async function membersOf(ctx: Pick<Ctx, 'tx'>, listId: Id, cursors?: Cursors): Promise<Id[]> {
  const all = { limit: 2_147_483_647 }
  const { where, order, values, newestFirst } = pageOf(cursors ?? all, 'm.account_id', 2)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT m.account_id AS id FROM list_members AS m WHERE m.list_id = $1 AND ${where} ${order}`,
    [listId, ...values],
  )
  return newestFirst(found).map(({ id }) => id)
}
