import type { Ctx } from '../ctx.ts'
import { tellStreams } from '../stream.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import { transact } from '#platform/transact'
import { areMerged } from './request.queries.ts'

/** Moves what a sender had sent before the member let them in into the list, and says when all is there (NOTE-09). */
export async function mergeNotifications(
  ctx: Ctx,
  { accountId, fromId }: Facts['notifications.accepted'],
): Promise<void> {
  await transact(ctx, async (ctx) => {
    await rows(
      ctx,
      `UPDATE notifications SET is_filtered = false WHERE account_id = $1 AND from_id = $2 AND is_filtered`,
      [accountId, fromId],
    )
    await rows(
      ctx,
      `UPDATE notification_permissions SET merged_at = now() WHERE account_id = $1 AND from_id = $2 AND merged_at IS NULL`,
      [accountId, fromId],
    )
  })
  if (await areMerged(ctx, accountId)) await tellStreams(ctx, { event: 'notifications_merged', accountId })
}
