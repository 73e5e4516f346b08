import { Op } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Account } from './account.model.ts'
import { existing } from './account.policy.ts'

/** Finds an account by id. Throws NotFound when there is none, or not for others (ACCT-16). */
export async function findAccount(ctx: Ctx, { id }: { id: Id }): Promise<Account> {
  const where = { [Op.and]: [{ id }, existing] }
  const account = await Account.findOne({ where, transaction: ctx.tx ?? null })
  if (!account) throw new NotFound()
  return account
}
