import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { DomainRule } from '../instances/domain-rule.model.ts'
import { isUnder } from '../instances/instance.policy.ts'
import { rows } from '#platform/db'
import { Conflict } from '#platform/errors'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { ruledDomain } from './moderation.policy.ts'

/** A domain, and what is told about the rule: to whoever may read the list of blocks, and to staff. */
export type DomainLimit = { domain: string; publicComment?: string | null; privateComment?: string | null }

/**
 * Limits a domain and all below it: who is there reaches followers only, and stands in no public list (federation rule 229).
 * Accounts carry the time of the rule that limits them, so that the end of the rule frees them alone. Gives how many
 * were limited now. Throws Forbidden for anybody but staff, Invalid for what is no domain of another server,
 * Conflict for one that is suspended, which is more.
 */
export async function limitDomain(ctx: Ctx, limit: DomainLimit): Promise<{ domain: string; count: number }> {
  assertRunsInstance(ctx)
  const domain = ruledDomain(limit.domain)
  return transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    await lockKeys(ctx, [`domain rule ${domain}`])
    const known = await DomainRule.findByPk(domain, { transaction })
    if (known?.severity === 'suspend')
      throw new Conflict(`${domain} is suspended here, which is more than limited.`)
    const { publicComment = known?.publicComment, privateComment = known?.privateComment } = limit
    const rule = { domain, severity: 'silence', publicComment, privateComment } as const
    await DomainRule.upsert(rule, { transaction })
    const limited = await rows(
      ctx,
      `UPDATE accounts AS a SET silenced_at = r.created_at FROM domain_rules AS r
       WHERE r.domain = $1 AND a.domain IS NOT NULL AND ${isUnder('a.domain', '$1::text')} AND a.silenced_at IS NULL
       RETURNING a.id`,
      [domain],
    )
    return { domain, count: limited.length }
  })
}
