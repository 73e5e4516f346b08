import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'
import { recordAcceptance } from './record-follow.ts'

/**
 * Somebody elsewhere (`followedId`, who must be the sender of the answer) accepts or refuses a member's Follow
 * (federation rule 67). An answer to a Follow that was never sent, or was refused before, has no effect (rule 68): gives
 * whether there is such a Follow. A refusal also ends a follow that was accepted.
 */
export const receiveAnswer = (
  ctx: Ctx,
  { followerId, followedId, isAccepted }: { followerId: Id; followedId: Id; isAccepted: boolean },
): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    await lockPair(ctx, followerId, followedId)
    // A Follow with an address came from elsewhere: it is not ours to be answered.
    const follow = await Follow.findOne({ where: { followerId, followedId, uri: null }, transaction: ctx.tx })
    if (!follow) return false
    if (!isAccepted) await endFollow(ctx, follow, 'rejected')
    else if (follow.state === 'pending') await recordAcceptance(ctx, follow)
    return true
  })
