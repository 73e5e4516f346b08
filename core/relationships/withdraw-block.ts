import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { select } from '#platform/select'
import { transact } from '#platform/transact'
import { Block } from './block.model.ts'
import { lockPair } from './lock-pair.ts'
import { buryUri } from '../accounts/bury-uri.ts'
import { endBlock } from './unblock-account.ts'

type Withdrawn = { blockerId: Id; uri: string | null; blockedId: Id | null }

/** Somebody elsewhere takes back a Block. One that has not come yet is dropped when it comes. */
export const withdrawBlock = (ctx: Ctx, { blockerId, uri, blockedId }: Withdrawn): Promise<void> =>
  transact(ctx, async (ctx) => {
    if (blockedId) await lockPair(ctx, blockerId, blockedId, uri)
    else if (uri) await lockKeys(ctx, [uri])
    const block = await select(
      ctx,
      Block,
      'blocker_id = $1 AND (uri = $2 OR blocked_id = $3)',
      [blockerId, uri, blockedId],
      { lock: true },
    )
    if (block) await endBlock(ctx, block)
    else if (uri) await buryUri(ctx, { uri, actorId: blockerId, formerType: 'Block' })
  })
