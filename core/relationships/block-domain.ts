import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { domainOf } from './domain-block.policy.ts'
import { domainFollows } from './domain-block.queries.ts'
import { recordSeverance } from './record-severance.ts'

/**
 * The actor wants nothing of a server any more: its posts, notifications and people disappear at once, follows between
 * them end soon after, of which the actor is told (ACCT-39). A repeat changes nothing. Throws Invalid for what is no domain.
 */
export const blockDomain = (ctx: Ctx, wish: { domain: string }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const accountId = actingId(ctx)
    const domain = domainOf(wish.domain)
    const written = await rows(
      ctx,
      'INSERT INTO domain_blocks (account_id, domain) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
      [accountId, domain],
    )
    if (written.length === 0) return
    await emit(ctx, 'domain.blocked', { accountId, domain })
    const { following: followingCount, followers: followersCount } = await domainFollows(
      ctx,
      accountId,
      domain,
    )
    const reason = 'user_domain_block' as const
    await recordSeverance(ctx, { accountId, reason, targetName: domain, followersCount, followingCount })
  })
