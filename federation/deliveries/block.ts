import type { Ctx } from '#core/ctx'
import type { Facts } from '#platform/facts'
import { blockActivity, undoActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import { outward } from './follow.ts'

/** Tells the blocked side elsewhere, so that it stops showing the one to the other. */
export async function deliverBlock(
  ctx: Ctx,
  { blockId, blockerId, blockedId }: Facts['account.blocked'],
): Promise<void> {
  const pair = await outward(blockerId, blockedId)
  if (!pair) return
  const activity = blockActivity(blockId, pair.from, pair.to)
  await deliver(ctx, { activity, senderId: blockerId }, await inboxesOf([blockedId], { personal: true }))
}

/** Takes a block back. */
export async function deliverUnblock(
  ctx: Ctx,
  { blockId, blockerId, blockedId }: Facts['account.unblocked'],
): Promise<void> {
  const pair = await outward(blockerId, blockedId)
  if (!pair) return
  const activity = undoActivity(blockActivity(blockId, pair.from, pair.to))
  await deliver(ctx, { activity, senderId: blockerId }, await inboxesOf([blockedId], { personal: true }))
}
