import type { CreationAttributes } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { Warning } from './warning.model.ts'

/** Writes down what the moderators tell a member; whoever calls has checked that they may. */
export const recordWarning = (ctx: Ctx, draft: CreationAttributes<Warning>): Promise<Warning> =>
  transact(ctx, async (ctx) => {
    const warning = await Warning.create(draft, { transaction: ctx.tx })
    await emit(ctx, 'account.warned', { warningId: warning.id, accountId: warning.accountId })
    return warning
  })
