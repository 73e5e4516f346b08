import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import type { LocalFollow } from './local-followers.queries.ts'
import { lockPair } from './lock-pair.ts'

/**
 * The server of whom a member follows knows nothing of it any more: then the follow has ended here too. It is the one that was
 * seen before, not one that was made since.
 */
export const loseFollow = (ctx: Ctx, { followId, followerId }: LocalFollow, followedId: Id): Promise<void> =>
  transact(ctx, async (ctx) => {
    await lockPair(ctx, followerId, followedId)
    const where = { id: followId, state: 'accepted' as const }
    const follow = await Follow.findOne({ where, transaction: ctx.tx })
    if (follow) await endFollow(ctx, follow, 'rejected')
  })
