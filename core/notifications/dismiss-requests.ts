import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * Takes requests of the actor out of their list; what the senders sent stays aside (NOTE-09, NOTE-10). Gives how many
 * there were; others' and unknown ids count for nothing.
 */
export async function dismissRequests(
  ctx: Ctx,
  { requestIds }: { requestIds: readonly Id[] },
): Promise<number> {
  const gone = await rows(
    ctx,
    'DELETE FROM notification_requests WHERE account_id = $1 AND id = ANY ($2::bigint[]) RETURNING id',
    [actingId(ctx), requestIds],
  )
  return gone.length
}
