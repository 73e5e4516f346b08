import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Takes away the collections of an account that is gone, and its place in those of others. */
export async function forgetCollectionsOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM collections WHERE owner_id = $1', [accountId])
  await rows(ctx, 'DELETE FROM collection_items WHERE account_id = $1', [accountId])
}
