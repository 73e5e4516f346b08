import type { TxCtx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { owe } from '#platform/owed-work'

/** A message to one app about one notification. */
export type OwedPush = { subscriptionId: number; notificationId: Id }

/** Owes a message to every app that wants to be woken by these notifications (PUSH-02); none are filtered (PUSH-09). */
export async function owePushes(ctx: TxCtx, notificationIds: readonly Id[]): Promise<void> {
  if (notificationIds.length === 0) return
  const due = await rows<OwedPush>(ctx, statement, [notificationIds])
  await owe(
    ctx,
    due.map((payload) => ({ kind: 'push', payload })),
  )
}

const follows = (follower: string, followed: string): string =>
  `EXISTS (SELECT FROM follows AS f WHERE f.follower_id = ${follower} AND f.followed_id = ${followed}
     AND f.state = 'accepted')`

const statement = `SELECT s.id AS "subscriptionId", n.id AS "notificationId"
  FROM notifications AS n JOIN push_subscriptions AS s ON s.account_id = n.account_id AND n.kind = ANY (s.alerts)
    JOIN oauth_tokens AS t ON t.id = s.token_id AND t.revoked_at IS NULL
  WHERE n.id = ANY ($1::bigint[]) AND NOT n.is_filtered AND CASE s.policy WHEN 'all' THEN true
    WHEN 'followed' THEN ${follows('n.account_id', 'n.from_id')}
    WHEN 'follower' THEN ${follows('n.from_id', 'n.account_id')} ELSE false END`
