import type { CreationAttributes } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'

/** Writes a new account of this instance and says so; whoever calls has checked everything. */
export const recordAccount = (ctx: Ctx, draft: CreationAttributes<Account>): Promise<Account> =>
  transact(ctx, async (ctx) => {
    const account = await Account.create(draft, { transaction: ctx.tx })
    await emit(ctx, 'account.created', { accountId: account.id })
    return account
  })
