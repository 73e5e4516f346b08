import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Takes away which hashtags an account that is gone followed and featured. Nobody is told: the end of the account is. */
export async function forgetTagsOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM tag_follows WHERE account_id = $1', [accountId])
  await rows(ctx, 'DELETE FROM featured_tags WHERE account_id = $1', [accountId])
}
