import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'
import { recordAcceptance } from './record-follow.ts'

/** Lets somebody who asked follow the actor (ACCT-38). Throws NotFound when no request of theirs waits. */
export const acceptFollow = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const followedId = actingId(ctx)
    await lockPair(ctx, accountId, followedId)
    const follow = await Follow.findOne({
      where: { followerId: accountId, followedId, state: 'pending' },
      transaction: ctx.tx,
    })
    if (!follow) throw new NotFound()
    await recordAcceptance(ctx, follow)
  })
