import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Id } from '#platform/ids'
import { recordBlock } from './record-block.ts'

/** Blocks an account; oneself cannot be blocked, which is no error (ACCT-27, ACCT-28). Throws NotFound. */
export async function blockAccount(ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> {
  const blockerId = actingId(ctx)
  await findAccount(ctx, { id: accountId })
  if (accountId !== blockerId) await recordBlock(ctx, { blockerId, blockedId: accountId })
}
