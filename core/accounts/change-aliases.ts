import type { TxCtx } from '../ctx.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { Account } from './account.model.ts'

/** Writes other aliases of a member and says so; nothing happens when they are the same. */
export async function changeAliases(
  ctx: TxCtx,
  accountId: Id,
  change: (aliases: readonly string[]) => string[],
): Promise<void> {
  const transaction = ctx.tx
  const account = await Account.findByPk(accountId, { transaction, lock: true, rejectOnEmpty: true })
  const alsoKnownAs = change(account.alsoKnownAs)
  if (alsoKnownAs.length === account.alsoKnownAs.length) return
  await account.update({ alsoKnownAs, updatedAt: now() }, { transaction })
  await emit(ctx, 'account.updated', { accountId })
}
