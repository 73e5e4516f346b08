import { domainOf } from '../relationships/domain-block.policy.ts'
import { instance } from '#config/instance'
import { Invalid } from '#platform/errors'

/** The domain that a rule is about, in ASCII and lower case. Throws Invalid for what is no domain, and for our own. */
export function ruledDomain(text: string): string {
  const domain = domainOf(text)
  if (domain === instance.domain || domain === instance.webHost)
    throw new Invalid(`${domain} is this instance itself.`)
  return domain
}
