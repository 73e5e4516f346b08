import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { FetchFailed } from './http-errors.ts'

// Every block of the IANA special-purpose registries, whether it says "globally reachable" or not: nobody serves
// a community from one. IPv6 is the other way round: only global unicast is open, so that every address with an
// IPv4 address inside (mapped, compatible, NAT64) is out without a list of the ways to write it.
const closedV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map((range) => ipaddr.IPv4.parseCIDR(range))
const openV6 = ipaddr.IPv6.parseCIDR('2000::/3')
const closedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
)

/**
 * Whether an IP address in plain notation may be connected to: global unicast outside every special-purpose block
 * (federation rule 88). Judged on the parsed address, never on its text; anything that is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) {
    const parsed = ipaddr.IPv4.parse(address)
    return !closedV4.some((range) => parsed.match(range))
  }
  if (family !== 6 || address.includes('%')) return false
  const parsed = ipaddr.IPv6.parse(address)
  return parsed.match(openV6) && !closedV6.some((range) => parsed.match(range))
}

/** The IP address that a URL's host is, without brackets, or undefined when it is a name. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) === 0 ? undefined : bare
}

/** Who may be reached: with `allowPrivate` any address, port and plain HTTP; else HTTPS on these ports. */
export type Reach = { allowPrivate: boolean; ports: readonly number[] }

/**
 * The parsed address, when it may be fetched by its looks (federation rule 89). The URL that is returned is the one
 * to use: nothing is parsed twice. Throws FetchFailed `url` or `refused`.
 */
export function checkUrl(address: string | URL, reach: Reach): URL {
  const url = typeof address === 'string' ? URL.parse(address) : address
  const refuse = (detail: string) => new FetchFailed('url', String(address).slice(0, 2_048), detail)
  if (!url) throw refuse('not an absolute address')
  if (url.href.length > 2_048) throw refuse('longer than 2048 characters')
  if (url.username || url.password) throw refuse('carries a user name or password')
  if (url.protocol !== 'https:' && !(reach.allowPrivate && url.protocol === 'http:'))
    throw refuse('not https')
  if (url.hostname === '' || url.hostname.endsWith('.')) throw refuse('host name is empty or ends in a dot')
  if (reach.allowPrivate) return url
  if (!reach.ports.includes(url.port === '' ? 443 : Number(url.port))) throw refuse('port is not allowed')
  const literal = literalAddress(url.hostname)
  if (literal !== undefined && !isPublicAddress(literal)) {
    throw new FetchFailed('refused', url.href, 'address is not public')
  }
  return url
}
