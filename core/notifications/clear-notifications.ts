import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/** Takes away all notifications of the actor (NOTE-11). */
export async function clearNotifications(ctx: Ctx): Promise<void> {
  await rows(ctx, 'DELETE FROM notifications WHERE account_id = $1', [actingId(ctx)])
}
