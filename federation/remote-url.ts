import { type Reach, checkUrl } from '#platform/addresses'
import { FetchFailed } from '#platform/http-errors'

/**
 * Checks that an address may be fetched by its looks and is not this instance's own: those are answered from the local
 * store (federation rule 85). `localHosts` are hosts with their port, as they stand in ids. Throws FetchFailed `url`,
 * `refused` or `local`.
 */
export function checkRemoteUrl(address: string | URL, reach: Reach, localHosts: readonly string[]): URL {
  const url = checkUrl(address, reach)
  if (localHosts.includes(url.host))
    throw new FetchFailed('local', url.href, 'the address is of this instance')
  return url
}
