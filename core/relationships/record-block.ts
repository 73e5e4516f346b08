import type { Ctx, TxCtx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Block } from './block.model.ts'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { leaveLists } from './leave-lists.ts'
import { lockPair } from './lock-pair.ts'
import { isBuried } from '../accounts/bury-uri.ts'

type NewBlock = { blockerId: Id; blockedId: Id; uri?: string }

/**
 * Writes a block and cuts all that is between the two: follows and requests in both directions and membership in each
 * other's lists (ACCT-27). A block that is there already, or was undone before it came, changes nothing.
 */
export const recordBlock = (ctx: Ctx, { blockerId, blockedId, uri }: NewBlock): Promise<void> =>
  transact(ctx, async (ctx) => {
    await lockPair(ctx, blockerId, blockedId, uri)
    if (uri && (await isBuried(ctx, uri, blockerId))) return
    const transaction = ctx.tx
    if (await Block.findOne({ where: { blockerId, blockedId }, transaction })) return
    const block = await Block.create({ blockerId, blockedId, uri: uri ?? null }, { transaction })
    await cut(ctx, blockerId, blockedId)
    await emit(ctx, 'account.blocked', { blockId: block.id, blockerId, blockedId })
  })

async function cut(ctx: TxCtx, blockerId: Id, blockedId: Id): Promise<void> {
  const transaction = ctx.tx
  const away = await Follow.findOne({ where: { followerId: blockerId, followedId: blockedId }, transaction })
  if (away) await endFollow(ctx, away, 'ended')
  const back = await Follow.findOne({ where: { followerId: blockedId, followedId: blockerId }, transaction })
  if (back) await endFollow(ctx, back, 'rejected')
  await leaveLists(ctx, { ownerId: blockerId, accountId: blockedId })
  await leaveLists(ctx, { ownerId: blockedId, accountId: blockerId })
}
