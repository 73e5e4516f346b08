import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { shown } from './notification.queries.ts'

/** A sender whom the policy put aside and who spoke to the member: how often, up to a hundred, and last in which post. */
export type NotificationRequest = {
  id: Id
  fromId: Id
  count: number
  lastPostId: Id | null
  createdAt: Date
  updatedAt: Date
}

const MOST = 100

const waiting = `FROM notifications AS n WHERE n.from_id = r.from_id AND n.account_id = r.account_id AND n.is_filtered
  AND n.kind IN ('mention', 'quote') AND ${shown}`

// Counted when asked: posts may have been deleted meanwhile, and a request without any is none.
const selection = `SELECT r.id, r.from_id AS "fromId", w.count, w."lastPostId", r.created_at AS "createdAt",
    r.updated_at AS "updatedAt"
  FROM notification_requests AS r CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, max(q.post_id) AS "lastPostId" FROM (
      SELECT n.post_id ${waiting} ORDER BY n.id DESC LIMIT ${MOST}) AS q) AS w`

/** A page of a member's notification requests, newest first (NOTE-08). */
export async function requestsOf(
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
  cursors: Cursors,
): Promise<NotificationRequest[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'r.id', 2)
  const sql = `${selection} WHERE r.account_id = $1 AND w.count > 0 AND ${where} ${order}`
  return newestFirst(await rows<NotificationRequest>(ctx, sql, [accountId, ...values]))
}

/** One request of a member, or undefined. */
export const requestOf = (
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
  id: Id,
): Promise<NotificationRequest | undefined> =>
  row(ctx, `${selection} WHERE r.account_id = $1 AND r.id = $2`, [accountId, id])

/** How many requests wait, and how many notifications in them, each up to a hundred (NOTE-08). */
export async function pendingOf(
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
): Promise<{ requests: number; notifications: number }> {
  const requests = await requestsOf(ctx, accountId, { limit: MOST })
  const notifications = requests.reduce((sum, { count }) => sum + count, 0)
  return { requests: requests.length, notifications: Math.min(notifications, MOST) }
}

/** Is everything from senders who were let in where it belongs (NOTE-09)? */
export async function areMerged(ctx: Pick<Ctx, 'tx'>, accountId: Id): Promise<boolean> {
  const pending = await row(
    ctx,
    'SELECT 1 FROM notification_permissions WHERE account_id = $1 AND merged_at IS NULL LIMIT 1',
    [accountId],
  )
  return pending === undefined
}
