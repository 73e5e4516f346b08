import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'

/** Makes somebody stop following the actor; nothing when they did not (ACCT-26). Throws NotFound. */
export const removeFollower = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const followedId = actingId(ctx)
    await findAccount(ctx, { id: accountId })
    await lockPair(ctx, accountId, followedId)
    const where = { followerId: accountId, followedId, state: 'accepted' as const }
    const follow = await Follow.findOne({ where, transaction: ctx.tx })
    if (follow) await endFollow(ctx, follow, 'rejected')
  })
