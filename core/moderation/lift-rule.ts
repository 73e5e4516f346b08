import { assertRunsInstance } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { DomainRule } from '../instances/domain-rule.model.ts'
import { NotFound } from '#platform/errors'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { ruledDomain } from './moderation.policy.ts'

const words = { suspend: 'suspended', silence: 'limited' }

/**
 * Suspends or limits a domain no more: `free` frees its people while the rule still stands with its date, and gives how many;
 * what else the rule says, about media, holds on. Throws Forbidden for anybody but staff, NotFound for a domain without that rule.
 */
export async function liftRule(
  ctx: Ctx,
  { domain: written, severity }: { domain: string; severity: keyof typeof words },
  free: (ctx: TxCtx, domain: string) => Promise<number>,
): Promise<{ count: number }> {
  assertRunsInstance(ctx)
  const domain = ruledDomain(written)
  return transact(ctx, async (ctx) => {
    const transaction = ctx.tx
    await lockKeys(ctx, [`domain rule ${domain}`])
    const rule = await DomainRule.findByPk(domain, { transaction })
    if (rule?.severity !== severity) throw new NotFound(`${domain} is not ${words[severity]} here.`)
    await rule.update({ severity: 'noop' }, { transaction })
    const count = await free(ctx, domain)
    if (!rule.rejectMedia) await rule.destroy({ transaction })
    return { count }
  })
}
