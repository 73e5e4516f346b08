import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { DomainRule } from '../instances/domain-rule.model.ts'
import { isUnder, limitedSince } from '../instances/instance.policy.ts'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { ruledDomain } from './moderation.policy.ts'

/**
 * Limits a domain no more: whoever was limited by this rule is met again, but for whom another rule limits. Gives how many
 * are free. Throws Forbidden for anybody but staff, NotFound for a domain that is not limited.
 */
export async function unlimitDomain(ctx: Ctx, input: { domain: string }): Promise<{ count: number }> {
  assertRunsInstance(ctx)
  const domain = ruledDomain(input.domain)
  return transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    await lockKeys(ctx, [`domain rule ${domain}`])
    const rule = await DomainRule.findByPk(domain, { transaction })
    if (rule?.severity !== 'silence') throw new NotFound(`${domain} is not limited here.`)
    await rule.update({ severity: 'noop' }, { transaction })
    const freed = await rows<{ isFree: boolean }>(
      ctx,
      `UPDATE accounts AS a SET silenced_at = ${limitedSince('a.domain')} FROM domain_rules AS r
       WHERE r.domain = $1 AND ${isUnder('a.domain', 'r.domain')} AND a.silenced_at = r.created_at
       RETURNING a.silenced_at IS NULL AS "isFree"`,
      [domain],
    )
    // What else the rule says, about media, holds on.
    if (!rule.rejectMedia) await rule.destroy({ transaction })
    return { count: freed.filter(({ isFree }) => isFree).length }
  })
}
