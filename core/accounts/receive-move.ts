import type { Ctx } from '../ctx.ts'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'
import type { MoveProblem } from './move.policy.ts'
import { recordMove } from './record-move.ts'

/**
 * Somebody of another server moved; both accounts are stored as their servers describe them now. Gives what stands
 * against it, if anything (federation rule 71). Throws Forbidden when the account is of this instance.
 */
export const receiveMove = (
  ctx: Ctx,
  { accountId, targetId }: { accountId: Id; targetId: Id },
): Promise<MoveProblem | undefined> =>
  transact(ctx, async (ctx) => {
    const account = await Account.findByPk(accountId, { attributes: ['domain'], transaction: ctx.tx })
    if (!account || account.isLocal) throw new Forbidden()
    return recordMove(ctx, { accountId, targetId })
  })
