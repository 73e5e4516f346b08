import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Takes away the filters of an account that is gone. */
export async function forgetFiltersOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM filters WHERE account_id = $1', [accountId])
}
