import { Resolver, lookup } from 'node:dns/promises'
import { codeOf } from './errors.ts'
import { FetchFailed } from './http-errors.ts'
import { lru } from './lru.ts'

/** The addresses of a host name. */
export type ResolveHost = (hostname: string) => Promise<string[]>

const mostAddresses = 8
const failed = (hostname: string, error: unknown) =>
  new FetchFailed('dns', hostname, codeOf(error) ?? 'no address', { cause: error })

/**
 * Asks the name servers directly (those of the system unless given), for at most 3 seconds. getaddrinfo would occupy
 * one of the few threads that files and hashing need too, for as long as a stranger's name server likes. A failure
 * is remembered for a minute. Gives at most 8 addresses; throws FetchFailed `dns`.
 */
export function createPublicResolver(servers?: string[]): ResolveHost {
  const failures = lru<FetchFailed>(10_000, 60)
  return async (hostname) => {
    const known = failures.get(hostname)
    if (known) throw known
    const resolver = new Resolver({ timeout: 1_400, tries: 2, maxTimeout: 1_400 })
    if (servers) resolver.setServers(servers)
    const giveUp = setTimeout(() => resolver.cancel(), 3_000)
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    clearTimeout(giveUp)
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length > 0) return found.slice(0, mostAddresses)
    const failure = failed(hostname, answers[0].status === 'rejected' ? answers[0].reason : undefined)
    failures.set(hostname, failure)
    throw failure
  }
}

/** As the operating system sees it, hosts file included: for development and private networks. Throws FetchFailed. */
export async function resolveLocalHost(hostname: string): Promise<string[]> {
  try {
    const found = await lookup(hostname, { all: true })
    return found.slice(0, mostAddresses).map((each) => each.address)
  } catch (error) {
    throw failed(hostname, error)
  }
}
