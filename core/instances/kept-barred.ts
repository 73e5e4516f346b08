import { rows } from '#platform/db'
import { lru } from '#platform/lru'
import { domainsAbove } from './instance.policy.ts'

const kept = lru<Set<string>>(1, 10)
let reading: Promise<Set<string>> | undefined

/**
 * Was a domain, or one above it, suspended ten seconds ago? For herds, of which each would be a query of its own; takes a host
 * with or without a port. Which domains are allowed where only such are is not asked.
 */
export async function wasBarred(host: string): Promise<boolean> {
  const suspended = kept.get('') ?? (await (reading ??= read().finally(() => (reading = undefined))))
  return domainsAbove(host).some((domain) => suspended.has(domain))
}

async function read(): Promise<Set<string>> {
  const found = await rows<{ domain: string }>(
    {},
    `SELECT domain FROM domain_rules WHERE severity = 'suspend'`,
  )
  const suspended = new Set(found.map(({ domain }) => domain))
  kept.set('', suspended)
  return suspended
}
