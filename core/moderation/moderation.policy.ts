import type { Actor } from '../actor.ts'
import { domainOf } from '../relationships/domain-block.policy.ts'
import { instance } from '#config/instance'
import { Forbidden, Invalid } from '#platform/errors'

/** Throws Forbidden for anybody but staff who runs this instance: rules about domains hold for every member. */
export function assertMayRuleDomains(actor: Actor): void {
  const isStaff = actor.kind === 'person' && ['owner', 'admin'].includes(actor.role)
  if (actor.kind !== 'operator' && !isStaff) throw new Forbidden()
}

/** The domain that a rule is about, in ASCII and lower case. Throws Invalid for what is no domain, and for our own. */
export function ruledDomain(text: string): string {
  const domain = domainOf(text)
  if (domain === instance.domain || domain === instance.webHost)
    throw new Invalid(`${domain} is this instance itself.`)
  return domain
}
