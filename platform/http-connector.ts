import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import { buildConnector } from 'undici'
import { isPublicAddress, literalAddress } from './addresses.ts'
import { FetchFailed } from './http-errors.ts'
import type { ResolveHost } from './resolve-host.ts'

export type ConnectorOptions = { allowPrivate: boolean; resolve: ResolveHost; connectMs: number; ca?: string }

/**
 * Opens sockets to checked addresses only: a name is resolved once and the addresses that were checked are the ones
 * dialled; a literal is checked before, and the peer once more after connecting (threat control O2).
 */
export function guardedConnector({
  allowPrivate,
  resolve,
  connectMs,
  ca,
}: ConnectorOptions): buildConnector.connector {
  const mayReach = (address: string) => allowPrivate || isPublicAddress(address)

  const find = callbackify(async (hostname: string) => {
    const addresses = await reachable(hostname, resolve, allowPrivate)
    return addresses.map((address) => ({ address, family: isIP(address) }))
  })
  const lookup: LookupFunction = (hostname, options, done) =>
    find(hostname, (error, found) => {
      if (error) done(error, [])
      else if (options.all) done(null, found)
      else done(null, found[0]!.address, found[0]!.family)
    })
  const connect = buildConnector({
    allowH2: false,
    autoSelectFamily: true,
    timeout: connectMs,
    lookup,
    ...(ca && { ca }),
  })

  return checkedPeer((options, done) => {
    const literal = literalAddress(options.hostname)
    if (literal === undefined || mayReach(literal)) connect(options, done)
    else done(refused(options.hostname), null)
  }, mayReach)
}

/** The addresses of a host that may be connected to. Throws FetchFailed `dns` or, when there are none, `refused`. */
export async function reachable(
  hostname: string,
  resolve: ResolveHost,
  allowPrivate: boolean,
): Promise<string[]> {
  const literal = literalAddress(hostname)
  const found = literal === undefined ? await resolve(hostname) : [literal]
  const open = found.filter((each) => isIP(each) !== 0 && (allowPrivate || isPublicAddress(each)))
  if (open.length === 0) throw refused(hostname)
  return open
}

/** A connector that gives back sockets whose other end may not be reached after all. */
export function checkedPeer(
  connect: buildConnector.connector,
  mayReach: (address: string) => boolean,
): buildConnector.connector {
  return (options, done) =>
    connect(options, (error, socket) => {
      if (error) return done(error, null)
      if (mayReach(socket.remoteAddress ?? '')) return done(null, socket)
      socket.destroy()
      done(refused(options.hostname), null)
    })
}

const refused = (host: string) => new FetchFailed('refused', host, 'leads to an address that is not public')
