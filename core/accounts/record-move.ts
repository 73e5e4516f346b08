import type { TxCtx } from '../ctx.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { Account } from './account.model.ts'
import { type MoveProblem, problemOfMove } from './move.policy.ts'

type Move = { accountId: Id; targetId: Id }

/**
 * Writes that an account moved, and says so. Gives what stands against it instead, if anything; a move that was written
 * before is no problem and changes nothing.
 */
export async function recordMove(
  ctx: TxCtx,
  { accountId, targetId }: Move,
): Promise<MoveProblem | undefined> {
  const transaction = ctx.tx
  const account = await Account.findByPk(accountId, { transaction, lock: true, rejectOnEmpty: true })
  if (account.movedAt && account.movedToId === targetId) return undefined
  const problem = problemOfMove(account, await Account.findByPk(targetId, { transaction }))
  if (problem) return problem
  await account.update({ movedToId: targetId, movedAt: now(), updatedAt: now() }, { transaction })
  await emit(ctx, 'account.moved', { accountId, targetId })
  return undefined
}
