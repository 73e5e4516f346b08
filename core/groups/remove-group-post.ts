import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'
import { stateDeed } from './state-deed.ts'
import { takePostOut } from './take-post-out.ts'

/**
 * Takes a post out of a group for good: its moderators may. It stays with its author, the boost by the group goes. Throws
 * NotFound when it is not in that group, and Forbidden.
 */
export const removeGroupPost = (ctx: Ctx, { groupId, postId }: { groupId: Id; postId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'moderator')
    await takePostOut(ctx, { groupId, postId })
    await stateDeed(ctx, 'group.postRemoved', { groupId, postId })
  })
