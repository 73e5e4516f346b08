import type { Ctx } from '../ctx.ts'
import { endFollow } from '../relationships/end-follow.ts'
import { Follow } from '../relationships/follow.model.ts'
import { lockPair } from '../relationships/lock-pair.ts'
import { recordAcceptance } from '../relationships/record-follow.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'

type Answer = { groupId: Id; accountId: Id; isAccepted: boolean }

/**
 * Lets somebody who asked become a member of a group, or refuses them: its moderators may (feature groups-09). Throws
 * NotFound when no request of theirs waits, and Forbidden.
 */
export const answerRequest = (ctx: Ctx, { groupId, accountId, isAccepted }: Answer): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'moderator')
    await lockPair(ctx, accountId, groupId)
    const where = { followerId: accountId, followedId: groupId, state: 'pending' as const }
    const follow = await Follow.findOne({ where, transaction: ctx.tx })
    if (!follow) throw new NotFound()
    await (isAccepted ? recordAcceptance(ctx, follow) : endFollow(ctx, follow, 'rejected'))
  })
