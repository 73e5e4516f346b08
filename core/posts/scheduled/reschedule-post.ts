import type { Ctx } from '../../ctx.ts'
import { freeMedia } from '../../media/free-media.ts'
import { holdMedia } from '../../media/hold-media.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { assertAhead, assertRoom } from './schedule.policy.ts'
import { holdScheduled } from './hold-scheduled.ts'

/**
 * Publishes a waiting post of the actor at another time (POST-20); one that could not be published is tried again then.
 * Throws NotFound, and Invalid for a time that is too near or a day that is full.
 */
export async function reschedulePost(
  ctx: Ctx,
  { id, scheduledAt }: { id: Id; scheduledAt: Date },
): Promise<void> {
  assertAhead(scheduledAt)
  await transact(ctx, async (ctx) => {
    const waiting = await holdScheduled(ctx, id)
    const { accountId, mediaIds } = waiting
    await assertRoom(ctx, { accountId, at: scheduledAt, exceptId: id })
    await freeMedia(ctx, mediaIds)
    await holdMedia(ctx, { ownerId: accountId, until: scheduledAt }, mediaIds)
    await waiting.update({ scheduledAt, failedAt: null }, { transaction: ctx.tx })
  })
}
