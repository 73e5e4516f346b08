import type { Ctx } from '../ctx.ts'
import { accountIdOf } from '../actor.ts'
import { now } from '#platform/clock'
import { Invalid, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { discardMedia } from './discard-media.ts'
import { Medium } from './medium.model.ts'
import { isLoose } from './medium.policy.ts'

/**
 * Removes an upload of the acting member. Throws NotFound when it is not theirs, Invalid when a post uses it or will
 * (MEDIA-07).
 */
export const deleteUpload = (ctx: Ctx, mediumId: Id): Promise<void> =>
  transact(ctx, async (ctx) => {
    const medium = await Medium.findByPk(mediumId, { transaction: ctx.tx, lock: ctx.tx.LOCK.UPDATE })
    if (!medium || medium.ownerId !== accountIdOf(ctx.actor)) throw new NotFound()
    if (!isLoose(medium, now())) throw new Invalid('Media attachment is currently used by a status')
    await discardMedia(ctx, [medium.id])
  })
