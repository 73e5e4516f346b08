import type { Ctx, TxCtx } from '../ctx.ts'
import { visibleTo } from '../posts/post.policy.ts'
import { tellStreams } from '../stream.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { kinds } from './kinds.ts'
import { owePushes } from './push/owe-pushes.ts'
import { isUnwelcome, verdictAt } from './notification.policy.ts'

/**
 * Something to tell a member: of what kind, who caused it (the member, where nobody did), and about which post or other
 * subject (a report, severance, warning or collection, or a year).
 */
export type Notice = { accountId: Id; kind: string; fromId: Id; postId?: Id; subjectId?: Id }

type Written = { id: Id; accountId: Id; fromId: Id; kind: string; isFiltered: boolean }

/**
 * Tells members things, each once however often it is called. Left out are accounts elsewhere, one's own deeds,
 * who is blocked, blocking, of a blocked domain, suspended or muted with notifications, conversations that are muted, posts
 * that the member may not see (NOTE-05), and whom the member's policy drops; those whom it filters wait as requests
 * (NOTE-06, NOTE-08).
 */
export async function notify(ctx: Ctx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  await transact(ctx, async (ctx) => {
    const hour = Math.floor(now().getTime() / 3_600_000)
    const wanted = notices.map((notice) => Object.assign(traitsOf(notice), notice))
    const written = await rows<Written>(ctx, insertion, [JSON.stringify(wanted), hour, now()])
    await requestAttention(ctx, written)
    const listed = written.filter(({ isFiltered }) => !isFiltered)
    await owePushes(
      ctx,
      listed.map(({ id }) => id),
    )
    for (const { id: notificationId, accountId } of listed) {
      await emit(ctx, 'notification.created', { notificationId, accountId })
      await tellStreams(ctx, { event: 'notification', notificationId, accountId })
    }
  })
}

function traitsOf({ kind, postId }: Notice) {
  const { groupedBy, isFilterable = false, ofOneself = false } = kinds.get(kind) ?? {}
  const groupPrefix = groupedBy ? (groupedBy === 'post' ? `${kind}-${postId}` : kind) : null
  return { groupPrefix, isFilterable, ofOneself }
}

// What is put aside may ask for attention when it speaks to the member (NOTE-08).
async function requestAttention(ctx: TxCtx, written: readonly Written[]): Promise<void> {
  const asking = written.filter(({ isFiltered, kind }) => isFiltered && ['mention', 'quote'].includes(kind))
  if (asking.length === 0) return
  await rows(
    ctx,
    `INSERT INTO notification_requests (account_id, from_id)
     SELECT DISTINCT "accountId", "fromId" FROM jsonb_to_recordset($1::jsonb) AS n ("accountId" bigint, "fromId" bigint)
     ORDER BY 1, 2
     ON CONFLICT (account_id, from_id) DO UPDATE SET updated_at = now()`,
    [JSON.stringify(asking)],
  )
}

// A group takes later events up to twelve hours after its first (NOTE-15). With LIMIT each hour is looked up alone; a join
// would read all that the member was ever told.
const group = `(SELECT n."groupPrefix" || '-' || coalesce(max($2::bigint - back), $2::bigint)
  FROM generate_series(0, 12) AS back CROSS JOIN LATERAL (SELECT FROM notifications AS o WHERE o.account_id = n."accountId"
    AND o.group_key = n."groupPrefix" || '-' || ($2::bigint - back) LIMIT 1) AS g)`

const insertion = `INSERT INTO notifications (account_id, kind, from_id, post_id, subject_id, group_key, is_filtered)
  SELECT n."accountId", n.kind, n."fromId", n."postId", n."subjectId",
    CASE WHEN n."groupPrefix" IS NOT NULL THEN ${group} END, v.verdict = 'filter'
  FROM jsonb_to_recordset($1::jsonb) AS n ("accountId" bigint, kind text, "fromId" bigint, "postId" bigint,
      "subjectId" bigint, "groupPrefix" text, "isFilterable" boolean, "ofOneself" boolean)
    JOIN accounts AS s ON s.id = n."fromId" AND s.suspended_at IS NULL AND s.gone_at IS NULL
    LEFT JOIN notification_policies AS y ON y.account_id = n."accountId"
    CROSS JOIN LATERAL (SELECT ${verdictAt('$3')} AS verdict) AS v
  WHERE (SELECT true FROM users AS u WHERE u.account_id = n."accountId")
    AND (n."accountId" <> n."fromId" OR n."ofOneself")
    AND NOT (${isUnwelcome})
    AND (n."postId" IS NULL OR EXISTS (SELECT FROM posts AS p WHERE p.id = n."postId"
      AND ${visibleTo('n."accountId"', 'p')}))
    AND v.verdict <> 'drop'
  ON CONFLICT DO NOTHING
  RETURNING id, account_id AS "accountId", from_id AS "fromId", kind, is_filtered AS "isFiltered"`
