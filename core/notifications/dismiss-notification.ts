import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

/** Takes away one notification of the actor. Throws NotFound (NOTE-11). */
export async function dismissNotification(
  ctx: Ctx,
  { notificationId }: { notificationId: Id },
): Promise<void> {
  const gone = await rows(ctx, 'DELETE FROM notifications WHERE id = $1 AND account_id = $2 RETURNING id', [
    notificationId,
    actingId(ctx),
  ])
  if (gone.length === 0) throw new NotFound()
}
