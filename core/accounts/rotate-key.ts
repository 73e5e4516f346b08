import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { replaceKeys } from './account-keys.ts'
import { Account } from './account.model.ts'

/**
 * Gives the acting member a new key pair: everything is signed with it from now on, also what waits to be delivered,
 * and other servers are told of it with the profile.
 */
export async function rotateKey(ctx: Ctx): Promise<void> {
  const { accountId } = actingPerson(ctx)
  await transact(ctx, async (ctx) => {
    await replaceKeys(ctx, accountId)
    await Account.update({ updatedAt: now() }, { where: { id: accountId }, transaction: ctx.tx })
    await emit(ctx, 'account.updated', { accountId })
  })
}
