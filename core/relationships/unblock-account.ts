import { actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Block } from './block.model.ts'
import { lockPair } from './lock-pair.ts'

/** Takes a block back; what it cut stays cut (ACCT-27). Nothing when there is none. Throws NotFound. */
export const unblockAccount = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const blockerId = actingId(ctx)
    await findAccount(ctx, { id: accountId })
    await lockPair(ctx, blockerId, accountId)
    const where = { blockerId, blockedId: accountId }
    const block = await Block.findOne({ where, transaction: ctx.tx })
    if (block) await endBlock(ctx, block)
  })

/** Takes away a block: row and fact. */
export async function endBlock(ctx: TxCtx, block: Block): Promise<void> {
  const { id: blockId, blockerId, blockedId } = block
  await block.destroy({ transaction: ctx.tx })
  await emit(ctx, 'account.unblocked', { blockId, blockerId, blockedId })
}
