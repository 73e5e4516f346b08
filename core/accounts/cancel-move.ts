import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'

/** The acting member is back: the profile leads nowhere else any more. Followers who left do not come back by it. */
export const cancelMove = (ctx: Ctx): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { accountId } = actingPerson(ctx)
    const where = { id: accountId }
    const account = await Account.findOne({ where, transaction: ctx.tx, lock: true, rejectOnEmpty: true })
    if (!account.movedToId) return
    await account.update({ movedToId: null, updatedAt: now() }, { transaction: ctx.tx })
    await emit(ctx, 'account.updated', { accountId })
  })
