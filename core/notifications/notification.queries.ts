import type { Ctx } from '../ctx.ts'
import { type Cursors, LARGEST, pageOf } from '../paging.ts'
import type { Stretch } from '../posts/page-mark.ts'
import { visibleTo } from '../posts/post.policy.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { kindNamed, kinds as all } from './kinds.ts'

/**
 * Which of a member's notifications: only some kinds, all but some, only from one account (NOTE-03); those that the
 * policy put aside are among them when asked for, or when it is about one account (NOTE-04).
 */
export type Wanted = {
  accountId: Id
  kinds?: readonly string[]
  exceptKinds?: readonly string[]
  fromId?: Id | undefined
  withFiltered?: boolean | undefined
}

/** A notification as it is stored. */
export type Told = {
  id: Id
  kind: string
  fromId: Id
  postId: Id | null
  subjectId: Id | null
  groupKey: string | null
  isFiltered: boolean
  createdAt: Date
}

export const columns = `n.id, n.kind, n.from_id AS "fromId", n.post_id AS "postId", n.subject_id AS "subjectId",
  n.group_key AS "groupKey", n.is_filtered AS "isFiltered", n.created_at AS "createdAt"`

/** May the member be shown the notification `n`, whose account is $1? */
export const shown = `(SELECT a.suspended_at IS NULL AND a.gone_at IS NULL FROM accounts AS a WHERE a.id = n.from_id)
  AND (n.post_id IS NULL OR EXISTS (SELECT FROM posts AS p WHERE p.id = n.post_id AND ${visibleTo('$1::bigint')}))`

/**
 * A member's notifications `n` in SQL: `values` so far, `place` for more of them, and `pick`, which selects some columns
 * of those that fit a condition, from one end.
 */
// Only what is asked for stands in the statement: a condition that may be switched off is one that PostgreSQL cannot
// estimate, and it would plan every call anew.
export function wanted({ accountId, fromId, withFiltered, ...which }: Wanted) {
  const values: unknown[] = [accountId]
  const place = (value: unknown): string => `$${values.push(value)}`
  const kinds = kindsIn(which)
  const several = kinds && kinds.length !== 1 && `${place(kinds)}::text[]`
  const conditions = [
    'n.account_id = $1',
    ...(kinds?.length === 1 ? [`n.kind = ${place(kinds[0])}`] : []),
    ...(fromId ? [`n.from_id = ${place(fromId)}`] : []),
    shown,
  ]
  const pick = (columns: string, where: string, order: string): string => {
    const half = (which: string) =>
      `SELECT ${columns} FROM notifications AS n WHERE ${conditions.join(' AND ')} ${which} AND ${where} ${order}`
    const ofKinds = several ? `AND n.kind = ANY (${several})` : ''
    if (fromId) return half(ofKinds)
    // Each kind has an index in order of id: what is rare among them is found without a look at all others.
    const unfiltered = several
      ? `SELECT n.* FROM unnest(${several}) AS k (kind)
           CROSS JOIN LATERAL (${half('AND n.kind = k.kind AND NOT n.is_filtered')}) AS n ${order}`
      : half('AND NOT n.is_filtered')
    if (!withFiltered) return unfiltered
    // Each half has an index in order of id.
    return `SELECT * FROM ((${unfiltered}) UNION ALL (${half(`${ofKinds} AND n.is_filtered`)})) AS n ${order}`
  }
  return { pick, values, place }
}

/** Undefined for all kinds. */
function kindsIn({
  kinds = [],
  exceptKinds = [],
}: Pick<Wanted, 'kinds' | 'exceptKinds'>): string[] | undefined {
  if (kinds.length === 0 && exceptKinds.length === 0) return undefined
  const asked = kinds.length > 0 ? new Set(kinds.map(kindNamed)) : new Set(all.keys())
  return [...asked.difference(new Set(exceptKinds.map(kindNamed)))]
}

/** A page of notifications, newest first. */
export async function notificationsOf(
  ctx: Pick<Ctx, 'tx'>,
  which: Wanted,
  cursors: Cursors,
): Promise<Told[]> {
  const mine = wanted(which)
  const { where, order, values, newestFirst } = pageOf(cursors, 'n.id', mine.values.length + 1)
  const sql = mine.pick(columns, where, order)
  return newestFirst(await rows<Told>(ctx, sql, [...mine.values, ...values]))
}

/** The stretch of a member's notifications, without those put aside, that a page was taken from; undefined for one that was read upwards. */
export function notificationStretch(cursors: Cursors, page: readonly Told[]): Stretch | undefined {
  if (cursors.min_id) return undefined
  const isFull = page.length > 0 && page.length === cursors.limit
  return {
    rows: `SELECT n.id, n.xmin FROM notifications AS n WHERE n.account_id = $3 AND NOT n.is_filtered
      AND n.id >= $4::bigint AND n.id < $5::bigint`,
    low: isFull ? page.at(-1)!.id : (cursors.since_id ?? '0'),
    high: cursors.max_id ?? LARGEST,
  }
}

/** One notification of a member, or undefined. */
export const notificationOf = (ctx: Pick<Ctx, 'tx'>, accountId: Id, id: Id): Promise<Told | undefined> =>
  row(ctx, `SELECT ${columns} FROM notifications AS n WHERE n.id = $2 AND n.account_id = $1 AND ${shown}`, [
    accountId,
    id,
  ])

/** How many are newer than what the member has read, up to `limit` (NOTE-12). */
export async function countUnread(ctx: Pick<Ctx, 'tx'>, which: Wanted, limit: number): Promise<number> {
  const { pick, place, values } = wanted(which)
  const isNew = `n.id > coalesce((SELECT last_read_id FROM markers AS k
    WHERE k.account_id = $1 AND k.timeline = 'notifications'), 0)`
  const unread = pick('n.id', isNew, `ORDER BY n.id DESC LIMIT ${place(limit)}::int`)
  const sql = `SELECT count(*)::int AS count FROM (${unread}) AS unread`
  return (await row<{ count: number }>(ctx, sql, values))?.count ?? 0
}
