import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** An account elsewhere is suspended no more, unless something else suspended it meanwhile: `since` is the mark that ends. */
export const pardonAccount = async (
  ctx: Ctx,
  { accountId, since }: Facts['account.pardoned'],
): Promise<void> => {
  await rows(
    ctx,
    'UPDATE accounts SET suspended_at = NULL WHERE id = $1 AND suspended_at = $2::timestamptz',
    [accountId, since],
  )
}
