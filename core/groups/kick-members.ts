import type { Ctx } from '../ctx.ts'
import { endFollow } from '../relationships/end-follow.ts'
import { Follow } from '../relationships/follow.model.ts'
import { lockPair } from '../relationships/lock-pair.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { dropRank } from './drop-rank.ts'
import { findGroup } from './find-group.ts'
import { assertAbove } from './group.policy.ts'

/**
 * Ends the membership of people in a group, who may join again: moderators may, of those below them. Whoever is no member
 * is passed over. Throws NotFound and Forbidden.
 */
export const kickMembers = (
  ctx: Ctx,
  { groupId, accountIds }: { groupId: Id; accountIds: readonly Id[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    for (const accountId of accountIds.toSorted()) {
      await assertAbove(ctx, { groupId, accountId, least: 'moderator' })
      await lockPair(ctx, accountId, groupId)
      const where = { followerId: accountId, followedId: groupId }
      const follow = await Follow.findOne({ where, transaction: ctx.tx })
      await dropRank(ctx, { groupId, accountId })
      if (follow) await endFollow(ctx, follow, 'rejected')
    }
  })
