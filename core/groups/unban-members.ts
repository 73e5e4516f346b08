import type { Ctx } from '../ctx.ts'
import { Block } from '../relationships/block.model.ts'
import { lockPair } from '../relationships/lock-pair.ts'
import { endBlock } from '../relationships/unblock-account.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'
import { stateDeed } from './state-deed.ts'

/** Lets people whom a group banned join it again: its moderators may. Throws NotFound and Forbidden. */
export const unbanMembers = (
  ctx: Ctx,
  { groupId, accountIds }: { groupId: Id; accountIds: readonly Id[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'moderator')
    for (const accountId of accountIds.toSorted()) {
      await lockPair(ctx, groupId, accountId)
      const where = { blockerId: groupId, blockedId: accountId }
      const block = await Block.findOne({ where, transaction: ctx.tx })
      if (!block) continue
      await endBlock(ctx, block)
      await stateDeed(ctx, 'group.memberUnbanned', { groupId, accountId, blockId: block.id })
    }
  })
