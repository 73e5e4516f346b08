import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { transact } from '#platform/transact'
import { problemText } from './move.policy.ts'
import { recordMove } from './record-move.ts'
import { resolveAccount } from './resolve-account.ts'

/**
 * The acting member moves away: followers are led to the account with this handle, which must name the member's as an
 * alias; it is asked anew (wire 13.3). From then on the member cannot post here. Throws NotFound, Invalid.
 */
export async function moveAccount(ctx: Ctx, { acct }: { acct: string }): Promise<void> {
  const { accountId } = actingPerson(ctx)
  const targetId = await resolveAccount(ctx, { acct, anew: true })
  const problem = await transact(ctx, (ctx) => recordMove(ctx, { accountId, targetId }))
  if (problem) throw new Invalid(problemText(problem))
}
