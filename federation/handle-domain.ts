import { parse } from 'tldts'
import type { Reach } from '#platform/addresses'
import { Invalid } from '#platform/errors'

/**
 * Refuses domains of handles that no server of the public internet can have: with a port, an address, a name that
 * nobody can register. Where private addresses are allowed, any host will do. Throws Invalid; asks nobody.
 */
export function assertHandleDomain(domain: string, { allowPrivate }: Reach): void {
  const isHost = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d{1,5})?$/.test(domain) && !domain.includes('..')
  const { domain: registrable, isIcann, isPrivate, isIp } = parse(domain, { allowPrivateDomains: true })
  const isPublic =
    !domain.includes(':') && !isIp && registrable !== null && (isIcann === true || isPrivate === true)
  if (!isHost || domain.length > 253 || !(isPublic || allowPrivate))
    throw new Invalid('The domain of the handle does not exist')
}
