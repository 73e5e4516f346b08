import { actingId } from '../actor.ts'
import type { TxCtx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'

/** The request of somebody to follow the actor, locked until the transaction ends. Throws NotFound when none waits. */
export async function holdRequest(ctx: TxCtx, followerId: Id): Promise<Follow> {
  const followedId = actingId(ctx)
  await lockPair(ctx, followerId, followedId)
  const where = { followerId, followedId, state: 'pending' }
  const request = await Follow.findOne({ where, transaction: ctx.tx })
  if (!request) throw new NotFound()
  return request
}
