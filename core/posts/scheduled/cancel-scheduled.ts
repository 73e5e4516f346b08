import type { Ctx } from '../../ctx.ts'
import { freeMedia } from '../../media/free-media.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { holdScheduled } from './hold-scheduled.ts'

/** Drops a waiting post of the actor; its media may be used again (POST-20). Throws NotFound. */
export const cancelScheduled = (ctx: Ctx, { id }: { id: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const waiting = await holdScheduled(ctx, id)
    await freeMedia(ctx, waiting.mediaIds)
    await waiting.destroy({ transaction: ctx.tx })
  })
