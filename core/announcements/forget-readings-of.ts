import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Takes away what an account that is gone read and thought of announcements. */
export async function forgetReadingsOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM announcement_dismissals WHERE account_id = $1', [accountId])
  await rows(ctx, 'DELETE FROM announcement_reactions WHERE account_id = $1', [accountId])
}
