import type { Ctx } from '../ctx.ts'
import { visibleTo } from '../posts/post.policy.ts'
import { tellStreams } from '../stream.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { kinds } from './kinds.ts'

/** Something to tell a member: of what kind, who caused it, and about which post or report. */
export type Notice = { accountId: Id; kind: string; fromId: Id; postId?: Id; reportId?: Id }

/**
 * Tells members things, each once however often it is called. Left out are accounts elsewhere, one's own deeds,
 * who is blocked, blocking, suspended or muted with notifications, and posts that the member may not see (NOTE-05).
 */
export async function notify(ctx: Ctx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  await transact(ctx, async (ctx) => {
    const hour = Math.floor(now().getTime() / 3_600_000)
    const wanted = notices.map((notice) => ({ ...notice, groupPrefix: prefixOf(notice) }))
    const written = await rows<{ id: Id; accountId: Id }>(ctx, insertion, [JSON.stringify(wanted), hour])
    for (const { id: notificationId, accountId } of written) {
      await emit(ctx, 'notification.created', { notificationId, accountId })
      await tellStreams(ctx, { event: 'notification', notificationId, accountId })
    }
  })
}

function prefixOf({ kind, postId }: Notice): string | null {
  const { groupedBy } = kinds.get(kind) ?? {}
  if (!groupedBy) return null
  return groupedBy === 'post' ? `${kind}-${postId}` : kind
}

// A group takes later events up to twelve hours after its first (NOTE-15).
const group = `(SELECT n."groupPrefix" || '-' || coalesce(max(g.hour), $2::bigint)
  FROM (SELECT $2::bigint - back AS hour FROM generate_series(0, 12) AS back
    WHERE EXISTS (SELECT FROM notifications AS o WHERE o.account_id = n."accountId"
      AND o.group_key = n."groupPrefix" || '-' || ($2::bigint - back))) AS g)`

const insertion = `INSERT INTO notifications (account_id, kind, from_id, post_id, report_id, group_key)
  SELECT n."accountId", n.kind, n."fromId", n."postId", n."reportId",
    CASE WHEN n."groupPrefix" IS NOT NULL THEN ${group} END
  FROM jsonb_to_recordset($1::jsonb)
    AS n ("accountId" bigint, kind text, "fromId" bigint, "postId" bigint, "reportId" bigint, "groupPrefix" text)
  WHERE (SELECT true FROM users AS u WHERE u.account_id = n."accountId")
    AND (n."accountId" <> n."fromId" OR n.kind = 'poll')
    AND (SELECT a.suspended_at IS NULL AND a.gone_at IS NULL FROM accounts AS a WHERE a.id = n."fromId")
    AND NOT EXISTS (SELECT FROM blocks AS b WHERE b.blocker_id = n."accountId" AND b.blocked_id = n."fromId")
    AND NOT EXISTS (SELECT FROM blocks AS b WHERE b.blocker_id = n."fromId" AND b.blocked_id = n."accountId")
    AND NOT EXISTS (SELECT FROM mutes AS m WHERE m.muter_id = n."accountId" AND m.muted_id = n."fromId"
      AND m.hides_notifications AND (m.expires_at IS NULL OR m.expires_at > now()))
    AND (n."postId" IS NULL OR EXISTS (SELECT FROM posts AS p WHERE p.id = n."postId"
      AND ${visibleTo('n."accountId"', 'p')}))
  ON CONFLICT DO NOTHING
  RETURNING id, account_id AS "accountId"`
