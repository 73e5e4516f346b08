import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { domainOf } from './domain-block.policy.ts'

/** The actor meets a server again; the follows that ended stay so (ACCT-39). Nothing when it was not blocked. */
export async function unblockDomain(ctx: Ctx, wish: { domain: string }): Promise<void> {
  const accountId = actingId(ctx)
  const domain = domainOf(wish.domain)
  await rows(ctx, 'DELETE FROM domain_blocks WHERE account_id = $1 AND domain = $2', [accountId, domain])
}
