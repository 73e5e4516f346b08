import { fn, col, Op, where } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { Account } from './account.model.ts'
import { existing } from './account.policy.ts'
import { parseHandle } from './parse-handle.ts'

/**
 * Finds an account that is stored here by its handle, whatever its case: `user`, `user@domain` (ACCT-12, ACCT-13).
 * Never asks other servers. Throws NotFound.
 */
export async function lookUpAccount(ctx: Ctx, { acct }: { acct: string }): Promise<Account> {
  const handle = parseHandle(acct)
  const account = handle && (await Account.findOne({ where: is(handle), transaction: ctx.tx ?? null }))
  if (!account) throw new NotFound()
  return account
}

// Spelt as the index accounts_handle has it.
const is = ({ username, domain }: { username: string; domain: string | null }) => ({
  [Op.and]: [
    where(fn('lower', col('username')), username.toLowerCase()),
    where(fn('coalesce', col('domain'), ''), domain ?? ''),
    existing,
  ],
})
