import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { row, rows } from '#platform/db'
import { type Id, isId } from '#platform/ids'
import { kindNamed } from './kinds.ts'
import { shown, type Told, wanted, type Wanted } from './notification.queries.ts'

/** Which notifications, and which kinds of them are put into groups; all that can be unless it is said (NOTE-16). */
export type WantedGroups = Wanted & { groupedKinds?: readonly string[] | undefined }

/**
 * Notifications that belong together, by the one that stands for them in a page and whose id is the cursor: how many
 * there are up to the page's upper end and the newest of these, the first and last within the page, and the latest eight
 * who caused them (NOTE-17, NOTE-18).
 */
export type Group = Omit<Told, 'groupKey'> & {
  key: string
  count: number
  newestId: Id
  pageMinId: Id
  pageMaxId: Id
  latestAt: Date
  accountIds: Id[]
}

const LARGEST = '9223372036854775807'
const SAMPLES = 8
const single = `'ungrouped-' || n.id`

/**
 * A page of groups, newest first; each stands in it once. Steps from one group to the next along the index, so a page
 * costs what lies between its ends. `limit` counts groups.
 */
export async function groupsOf(
  ctx: Pick<Ctx, 'tx'>,
  which: WantedGroups,
  cursors: Cursors,
): Promise<Group[]> {
  if (cursors.limit === 0) return []
  const rising = cursors.min_id !== undefined
  const { steps, values, below, above, limit } = stepsOf(which, cursors)
  // A page that is not full has no more beyond it: it reaches to where the client said.
  const low = rising ? 'min(id)' : `CASE WHEN count(*) < ${limit} THEN ${above} + 1 ELSE min(id) END`
  const high = rising ? `CASE WHEN count(*) < ${limit} THEN ${below} - 1 ELSE max(id) END` : 'max(id)'
  const sql = `WITH RECURSIVE ${steps}, ends AS (SELECT ${low} AS low, ${high} AS high FROM page)
    ${summary(which.withFiltered)} ORDER BY n.id DESC`
  return rows<Group>(ctx, sql, values)
}

/** How many groups are newer than what the member has read, up to `limit` (NOTE-12). */
export async function countUnreadGroups(
  ctx: Pick<Ctx, 'tx'>,
  which: WantedGroups,
  limit: number,
): Promise<number> {
  if (limit === 0) return 0
  const read = await row<{ id: Id }>(
    ctx,
    `SELECT last_read_id AS id FROM markers WHERE account_id = $1 AND timeline = 'notifications'`,
    [which.accountId],
  )
  const { steps, values } = stepsOf(which, { since_id: read?.id, limit })
  const found = await row<{ count: number }>(
    ctx,
    `WITH RECURSIVE ${steps} SELECT count(*)::int AS count FROM page`,
    values,
  )
  return found?.count ?? 0
}

/** One group of a member, whole, or undefined. */
export async function groupOf(ctx: Pick<Ctx, 'tx'>, accountId: Id, key: string): Promise<Group | undefined> {
  const { where, value } = keyed(key)
  return row<Group>(
    ctx,
    `WITH page AS (SELECT n.*, $3::text AS key FROM notifications AS n
       WHERE n.account_id = $1 AND ${where} AND ${shown} ORDER BY n.id DESC LIMIT 1),
     ends AS (SELECT 0::bigint AS low, ${LARGEST}::bigint AS high) ${summary(true)}`,
    [accountId, value, key],
  )
}

/** Who caused a group, newest first; the cursors are the ids of the notifications. */
export async function accountsOfGroup(
  ctx: Pick<Ctx, 'tx'>,
  { accountId, key, cursors }: { accountId: Id; key: string; cursors: Cursors },
): Promise<{ id: Id; notificationId: Id }[]> {
  const { where: which, value } = keyed(key)
  const { where, order, values, newestFirst } = pageOf(cursors, 'n.id', 3)
  const sql = `SELECT n.from_id AS id, n.id AS "notificationId" FROM notifications AS n
    WHERE n.account_id = $1 AND ${which} AND ${shown} AND ${where} ${order}`
  return newestFirst(await rows(ctx, sql, [accountId, value, ...values]))
}

/** A condition in SQL on the notifications `n` of a group, with its key or the id of a single one as $2. */
export function keyed(key: string): { where: string; value: string } {
  const id = /^ungrouped-(.+)$/.exec(key)?.[1]
  return isId(id) ? { where: 'n.id = $2::bigint', value: id } : { where: 'n.group_key = $2', value: key }
}

/** The rows that stand for the groups of a page, as the table `page` of a recursive query. */
function stepsOf(which: WantedGroups, cursors: Cursors) {
  const { pick, values, place } = wanted(which)
  const grouped = which.groupedKinds && `${place(which.groupedKinds.map(kindNamed))}::text[]`
  const key = grouped
    ? `coalesce(CASE WHEN n.kind = ANY (${grouped}) THEN n.group_key END, ${single})`
    : `coalesce(n.group_key, ${single})`
  const below = `${place(cursors.max_id ?? LARGEST)}::bigint`
  const above = `${place(cursors.min_id ?? cursors.since_id ?? '0')}::bigint`
  const limit = `${place(cursors.limit)}::int`
  const inside = `n.id < ${below} AND n.id > ${above}`
  const [side, order] = cursors.min_id === undefined ? ['<', 'DESC'] : ['>', 'ASC']
  const first = `ORDER BY n.id ${order} LIMIT 1`
  const steps = `page AS (
    (${pick(`n.*, ${key} AS key, ARRAY[${key}] AS seen, 1 AS depth`, inside, first)})
    UNION ALL SELECT next.* FROM page AS last, LATERAL (
      ${pick(
        `n.*, ${key} AS key, last.seen || ${key}, last.depth + 1`,
        `${inside} AND n.id ${side} last.id AND ${key} <> ALL (last.seen)`,
        first,
      )}) AS next
    WHERE last.depth < ${limit})`
  return { steps, values, below, above, limit }
}

// Counted without a look at who they are: a post may have many thousands of favourites.
const summary = (withFiltered = false): string => {
  const members = `FROM notifications AS o WHERE o.account_id = $1 AND o.group_key = CASE WHEN n.key = n.group_key THEN n.key END
    AND o.id <= ends.high ${withFiltered ? '' : 'AND NOT o.is_filtered'}`
  return `SELECT n.id, n.kind, n.from_id AS "fromId", n.post_id AS "postId", n.subject_id AS "subjectId",
      n.is_filtered AS "isFiltered", n.created_at AS "createdAt", n.key, greatest(1, w.count) AS count,
      coalesce(w.newest, n.id) AS "newestId", coalesce(w.low, n.id) AS "pageMinId", coalesce(w.newest, n.id) AS "pageMaxId",
      coalesce(w.latest, n.created_at) AS "latestAt",
      coalesce(nullif(ARRAY(SELECT o.from_id ${members} AND ${isThere} ORDER BY o.id DESC LIMIT ${SAMPLES}), '{}'),
        ARRAY[n.from_id])::text[] AS "accountIds"
    FROM page AS n CROSS JOIN ends CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, max(o.id) AS newest, min(o.id) FILTER (WHERE o.id >= ends.low) AS low,
        max(o.created_at) AS latest ${members}) AS w`
}

const isThere =
  '(SELECT a.suspended_at IS NULL AND a.gone_at IS NULL FROM accounts AS a WHERE a.id = o.from_id)'
