import type { Ctx } from '../ctx.ts'
import { isUnder, limitedSince } from '../instances/instance.policy.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { liftRule } from './lift-rule.ts'

type Freed = { accountId: Id; since: string }

/**
 * Suspends a domain no more. Whoever was suspended by this rule comes back once their own server was asked who they are now
 * (federation rule 233), but for whom another rule suspends. Gives how many may come back. Throws Forbidden for anybody but
 * staff, NotFound for a domain that is not suspended.
 */
export const readmitDomain = (ctx: Ctx, { domain }: { domain: string }): Promise<{ count: number }> =>
  liftRule(ctx, { domain, severity: 'suspend' }, async (ctx, domain) => {
    await rows(
      ctx,
      `UPDATE accounts AS a SET suspended_at = coalesce(${suspendedSince}, a.suspended_at), silenced_at =
         CASE WHEN a.silenced_at = r.created_at THEN ${limitedSince('a.domain')} ELSE a.silenced_at END
       FROM domain_rules AS r
       WHERE r.domain = $1 AND ${isUnder('a.domain', 'r.domain')} AND a.suspended_at = r.created_at`,
      [domain],
    )
    const freed = await rows<Freed>(
      ctx,
      `SELECT a.id AS "accountId", r.created_at::text AS since FROM domain_rules AS r
         JOIN accounts AS a ON ${isUnder('a.domain', 'r.domain')} AND a.suspended_at = r.created_at
       WHERE r.domain = $1`,
      [domain],
    )
    for (const each of freed)
      await emit(ctx, 'account.pardoned', each, { key: `pardon of ${each.accountId}` })
    return freed.length
  })

// Since when another rule suspends the account `a`.
const suspendedSince = `(SELECT min(other.created_at) FROM domain_rules AS other
  WHERE other.severity = 'suspend' AND other.domain <> r.domain AND ${isUnder('a.domain', 'other.domain')})`
