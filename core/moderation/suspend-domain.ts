import { assertRunsInstance } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { DomainRule } from '../instances/domain-rule.model.ts'
import { isUnder } from '../instances/instance.policy.ts'
import { recordSeverance } from '../relationships/record-severance.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import type { DomainLimit } from './limit-domain.ts'
import { ruledDomain } from './moderation.policy.ts'

/**
 * Suspends a domain and all below it: nothing is taken from there, sent there or fetched, its people and what they wrote are hidden, and
 * follows end soon after, of which members are told (federation rule 228). Accounts carry the time of the rule, so that the end of the
 * rule frees them alone. Gives how many were suspended now. Throws Forbidden for anybody but staff, Invalid for what is
 * no domain of another server.
 */
export async function suspendDomain(
  ctx: Ctx,
  rule: DomainLimit,
): Promise<{ domain: string; count: number; members: number }> {
  assertRunsInstance(ctx)
  const domain = ruledDomain(rule.domain)
  return transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    await lockKeys(ctx, [`domain rule ${domain}`])
    const known = await DomainRule.findByPk(domain, { transaction })
    const { publicComment = known?.publicComment, privateComment = known?.privateComment } = rule
    await DomainRule.upsert({ domain, severity: 'suspend', publicComment, privateComment }, { transaction })
    const suspended = await rows(
      ctx,
      // Whoever was about to come back after another rule does not.
      `WITH awaited AS (DELETE FROM owed_work AS w USING accounts AS a
         WHERE w.kind = 'fact' AND w.key = 'pardon of ' || a.id AND ${isUnder('a.domain', '$1::text')} RETURNING a.id)
       UPDATE accounts AS a SET suspended_at = r.created_at FROM domain_rules AS r
       WHERE r.domain = $1 AND a.domain IS NOT NULL AND ${isUnder('a.domain', '$1::text')}
         AND (a.suspended_at IS NULL OR a.id IN (SELECT id FROM awaited))
       RETURNING a.id`,
      [domain],
    )
    const lost = known?.severity === 'suspend' ? [] : await relationsWith(ctx, domain)
    for (const each of lost)
      await recordSeverance(ctx, { ...each, reason: 'domain_block', targetName: domain })
    await emit(ctx, 'domain.suspended', { domain })
    return { domain, count: suspended.length, members: lost.length }
  })
}

type Lost = { accountId: Id; followersCount: number; followingCount: number }

// What each member has with people there.
const relationsWith = (ctx: TxCtx, domain: string): Promise<Lost[]> =>
  rows<Lost>(
    ctx,
    `SELECT member.id AS "accountId", count(*) FILTER (WHERE f.followed_id = member.id)::int AS "followersCount",
       count(*) FILTER (WHERE f.follower_id = member.id)::int AS "followingCount"
     FROM accounts AS a
       JOIN LATERAL (SELECT follower_id, followed_id, followed_id AS other FROM follows WHERE follower_id = a.id AND state = 'accepted'
         UNION ALL SELECT follower_id, followed_id, follower_id FROM follows WHERE followed_id = a.id AND state = 'accepted') AS f ON true
       JOIN accounts AS member ON member.id = f.other AND member.domain IS NULL
     WHERE a.domain IS NOT NULL AND ${isUnder('a.domain', '$1::text')} GROUP BY member.id`,
    [domain],
  )
