import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Suggests an account that is gone to nobody, and forgets what it did not want to see. */
export async function forgetDiscoveryOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM account_ranks WHERE account_id = $1', [accountId])
  await rows(ctx, 'DELETE FROM featured_accounts WHERE account_id = $1', [accountId])
  await rows(ctx, 'DELETE FROM suggestion_dismissals WHERE account_id = $1 OR dismissed_id = $1', [accountId])
}
