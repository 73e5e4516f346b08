import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Mute } from './mute.model.ts'

/** Takes a mute back; nothing when there is none. Throws NotFound. */
export const unmuteAccount = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const muterId = actingId(ctx)
    await findAccount(ctx, { id: accountId })
    const gone = await Mute.destroy({ where: { muterId, mutedId: accountId }, transaction: ctx.tx })
    if (gone > 0) await emit(ctx, 'account.unmuted', { muterId, mutedId: accountId })
  })
