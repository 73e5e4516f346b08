import type { Ctx } from '../ctx.ts'
import { isUnder, limitedSince } from '../instances/instance.policy.ts'
import { rows } from '#platform/db'
import { liftRule } from './lift-rule.ts'

/**
 * Limits a domain no more: whoever was limited by this rule is met again, but for whom another rule limits. Gives how many
 * are free. Throws Forbidden for anybody but staff, NotFound for a domain that is not limited.
 */
export const unlimitDomain = (ctx: Ctx, { domain }: { domain: string }): Promise<{ count: number }> =>
  liftRule(ctx, { domain, severity: 'silence' }, async (ctx, domain) => {
    const freed = await rows<{ isFree: boolean }>(
      ctx,
      `UPDATE accounts AS a SET silenced_at = ${limitedSince('a.domain')} FROM domain_rules AS r
       WHERE r.domain = $1 AND ${isUnder('a.domain', 'r.domain')} AND a.silenced_at = r.created_at
       RETURNING a.silenced_at IS NULL AS "isFree"`,
      [domain],
    )
    return freed.filter(({ isFree }) => isFree).length
  })
