import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'

/**
 * Recommends an account on the actor's profile; once, however often it is asked (ACCT-34). Throws NotFound, Invalid for
 * one that the actor does not follow.
 */
export const endorseAccount = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const endorserId = actingId(ctx)
    await findAccount(ctx, { id: accountId })
    await lockPair(ctx, endorserId, accountId)
    const where = { followerId: endorserId, followedId: accountId, state: 'accepted' as const }
    if (!(await Follow.findOne({ where, transaction: ctx.tx })))
      throw new Invalid('Validation failed: You must be already following the account you want to endorse')
    await rows(
      ctx,
      'INSERT INTO endorsements (endorser_id, endorsed_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [endorserId, accountId],
    )
  })
