import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { recordBlock } from './record-block.ts'

/** Somebody elsewhere blocks a member. Throws NotFound when there is no such member. */
export async function receiveBlock(
  ctx: Ctx,
  { blockerId, blockedId, uri }: { blockerId: Id; blockedId: Id; uri: string },
): Promise<void> {
  const blocked = await findAccount(ctx, { id: blockedId })
  if (!blocked.isLocal) throw new NotFound()
  await recordBlock(ctx, { blockerId, blockedId, uri })
}
