import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'

/** Stops following an account, or takes the request back; nothing when there is none (ACCT-25). Throws NotFound. */
export const unfollowAccount = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const followerId = actingId(ctx)
    await findAccount(ctx, { id: accountId })
    await lockPair(ctx, followerId, accountId)
    const where = { followerId, followedId: accountId }
    const follow = await Follow.findOne({ where, transaction: ctx.tx })
    if (follow) await endFollow(ctx, follow, 'ended')
  })
