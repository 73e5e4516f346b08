import { actingPerson } from '../actor.ts'
import { accountUri } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'
import { changeAliases } from './change-aliases.ts'
import { resolveAccount } from './resolve-account.ts'

const MOST = 20

/**
 * The acting member says that the account with this handle is theirs, too: only then may it move here (wire 13.3).
 * Throws NotFound, and Invalid for oneself or one too many.
 */
export async function addAlias(ctx: Ctx, { acct }: { acct: string }): Promise<void> {
  const { accountId } = actingPerson(ctx)
  const id = await resolveAccount(ctx, { acct })
  if (id === accountId) throw new Invalid('Validation failed: This is the account itself')
  await transact(ctx, async (ctx) => {
    const other = await Account.findByPk(id, { transaction: ctx.tx, rejectOnEmpty: true })
    await changeAliases(ctx, accountId, (aliases) => {
      if (aliases.length >= MOST) throw new Invalid(`Validation failed: At most ${MOST} aliases`)
      return [...new Set([...aliases, accountUri(other)])]
    })
  })
}
