import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { DomainRule } from '../instances/domain-rule.model.ts'
import { isUnder, limitedSince } from '../instances/instance.policy.ts'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { ruledDomain } from './moderation.policy.ts'

type Freed = { accountId: Id; since: string }

/**
 * Suspends a domain no more. Whoever was suspended by this rule comes back once their own server was asked who they are now
 * (federation rule 233), but for whom another rule suspends. Gives how many may come back. Throws Forbidden for anybody but
 * staff, NotFound for a domain that is not suspended.
 */
export async function readmitDomain(ctx: Ctx, input: { domain: string }): Promise<{ count: number }> {
  assertRunsInstance(ctx)
  const domain = ruledDomain(input.domain)
  return transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    await lockKeys(ctx, [`domain rule ${domain}`])
    const rule = await DomainRule.findByPk(domain, { transaction })
    if (rule?.severity !== 'suspend') throw new NotFound(`${domain} is not suspended here.`)
    await rule.update({ severity: 'noop' }, { transaction })
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
    // What else the rule says, about media, holds on.
    if (!rule.rejectMedia) await rule.destroy({ transaction })
    return { count: freed.length }
  })
}

// Since when another rule suspends the account `a`.
const suspendedSince = `(SELECT min(other.created_at) FROM domain_rules AS other
  WHERE other.severity = 'suspend' AND other.domain <> r.domain AND ${isUnder('a.domain', 'other.domain')})`
