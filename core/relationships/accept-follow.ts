import { actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { countFollow } from './count-follow.ts'
import { Follow } from './follow.model.ts'
import { pairOf } from './follow-pair.ts'
import { lockPair } from './lock-pair.ts'

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

/** Makes a waiting request a follow: row, counters, fact. */
export async function recordAcceptance(ctx: TxCtx, follow: Follow): Promise<void> {
  await follow.update({ state: 'accepted' }, { transaction: ctx.tx })
  await emit(ctx, 'follow.accepted', pairOf(follow))
  await countFollow(ctx, follow, 1)
}
