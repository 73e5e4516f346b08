import type { Ctx } from '../ctx.ts'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'
import { stateDeed } from './state-deed.ts'
import { type MarkWish, writeMark } from './write-mark.ts'

const facts = {
  lock: ['group.threadUnlocked', 'group.threadLocked'],
  pin: ['group.postUnpinned', 'group.postPinned'],
} as const

/**
 * Locks the thread of a post in a group, so that moderators alone answer in it, or pins a post at the top of the group; or
 * takes that back (feature groups-11). Its moderators may. What is so already changes nothing. Throws NotFound when it is not in
 * that group, and Forbidden.
 */
export const markGroupPost = (ctx: Ctx, wish: MarkWish): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { groupId, mark, isOn } = wish
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'moderator')
    const postId = await writeMark(ctx, wish)
    if (postId) await stateDeed(ctx, facts[mark][isOn ? 1 : 0], { groupId, postId })
  })
