import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { lookUpAccount } from '../accounts/look-up-account.ts'
import { rows } from '#platform/db'

/** Recommends an account to all members, or no more. Throws Forbidden for anybody but staff, NotFound. */
export async function featureAccount(
  ctx: Ctx,
  { acct, isFeatured }: { acct: string; isFeatured: boolean },
): Promise<void> {
  assertRunsInstance(ctx)
  const { id } = await lookUpAccount(ctx, { acct })
  await rows(
    ctx,
    isFeatured
      ? 'INSERT INTO featured_accounts (account_id) VALUES ($1) ON CONFLICT DO NOTHING'
      : 'DELETE FROM featured_accounts WHERE account_id = $1',
    [id],
  )
}
