import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Takes away the years of an account that is gone. */
export async function forgetReportsOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM annual_reports WHERE account_id = $1', [accountId])
}
