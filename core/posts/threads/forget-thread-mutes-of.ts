import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Takes away which conversations an account that is gone did not want to hear of. */
export async function forgetThreadMutesOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM thread_mutes WHERE account_id = $1', [accountId])
}
