import { federation } from '#config/federation'
import type { Ctx } from '#core/ctx'
import type { Facts } from '#platform/facts'
import { blockActivity, undoActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import { outward } from './follow.ts'

type Wish = { tellsOfBlocks: boolean }

/**
 * Tells the blocked side elsewhere, if the operator wants that: it leaks who blocks whom (federation rule 147, wire 18.7). That
 * nobody follows any more is told by the Undo and Reject of the follows.
 */
export async function deliverBlock(
  ctx: Ctx,
  { blockId, blockerId, blockedId }: Facts['account.blocked'],
  { tellsOfBlocks }: Wish = federation,
): Promise<void> {
  const pair = tellsOfBlocks ? await outward(blockerId, blockedId) : undefined
  if (!pair) return
  const activity = blockActivity(blockId, pair.from, pair.to)
  await deliver(ctx, { activity, senderId: blockerId }, await inboxesOf([blockedId], { personal: true }))
}

/** Takes a block back where it was told. */
export async function deliverUnblock(
  ctx: Ctx,
  { blockId, blockerId, blockedId }: Facts['account.unblocked'],
  { tellsOfBlocks }: Wish = federation,
): Promise<void> {
  const pair = tellsOfBlocks ? await outward(blockerId, blockedId) : undefined
  if (!pair) return
  const activity = undoActivity(blockActivity(blockId, pair.from, pair.to))
  await deliver(ctx, { activity, senderId: blockerId }, await inboxesOf([blockedId], { personal: true }))
}
