import { findAccount } from '../accounts/find-account.ts'
import type { Ctx } from '../ctx.ts'
import { Block } from '../relationships/block.model.ts'
import { recordBlock } from '../relationships/record-block.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { dropRank } from './drop-rank.ts'
import { findGroup } from './find-group.ts'
import { assertAbove } from './group.policy.ts'
import { stateDeed } from './state-deed.ts'

/**
 * Bans people from a group: they are members no more and cannot join, and what they write does not get into it (federation
 * rule 206). Moderators may, of those below them. Throws NotFound and Forbidden.
 */
export const banMembers = (
  ctx: Ctx,
  { groupId, accountIds }: { groupId: Id; accountIds: readonly Id[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    for (const accountId of accountIds.toSorted()) {
      await assertAbove(ctx, { groupId, accountId, least: 'moderator' })
      await findAccount(ctx, { id: accountId })
      const where = { blockerId: groupId, blockedId: accountId }
      if (accountId === groupId || (await Block.findOne({ where, transaction: ctx.tx }))) continue
      await dropRank(ctx, { groupId, accountId })
      await recordBlock(ctx, where)
      const block = await Block.findOne({ where, transaction: ctx.tx, rejectOnEmpty: true })
      await stateDeed(ctx, 'group.memberBanned', { groupId, accountId, blockId: block.id })
    }
  })
