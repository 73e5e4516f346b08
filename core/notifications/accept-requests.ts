import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/**
 * Lets the senders of these requests of the actor in: what they sent is moved into the list, and all that follows comes
 * there at once (NOTE-09, NOTE-10). Gives how many there were; others' and unknown ids count for nothing.
 */
export const acceptRequests = (ctx: Ctx, { requestIds }: { requestIds: readonly Id[] }): Promise<number> =>
  transact(ctx, async (ctx) => {
    const accountId = actingId(ctx)
    const senders = await rows<{ fromId: Id }>(
      ctx,
      `WITH gone AS (DELETE FROM notification_requests WHERE account_id = $1 AND id = ANY ($2::bigint[]) RETURNING from_id)
       INSERT INTO notification_permissions AS w (account_id, from_id) SELECT $1, from_id FROM gone ORDER BY from_id
       ON CONFLICT (account_id, from_id) DO UPDATE SET merged_at = NULL
       RETURNING from_id AS "fromId"`,
      [accountId, requestIds],
    )
    for (const { fromId } of senders) await emit(ctx, 'notifications.accepted', { accountId, fromId })
    return senders.length
  })
