import { lookup } from 'node:dns/promises'
import { Redis } from 'ioredis'
import { stores } from '#config/stores'
import { isPublicAddress } from './addresses.ts'

const PATIENCE = 2000

/**
 * A sentence for the operator when Redis answers anybody on a public address (HACHYDERM-REDIS-2023), else undefined. Asks
 * without the credentials of `address`; a Redis on a socket, or one that does not answer, is exposed to nobody.
 */
export async function redisExposure(
  address = stores.redis,
  isPublic: (ip: string) => boolean = isPublicAddress,
): Promise<string | undefined> {
  const url = URL.parse(address)
  if (!url?.hostname) return undefined
  const host = url.hostname.replaceAll(/[[\]]/g, '')
  const found = await lookup(host, { all: true }).catch(() => [])
  if (!found.some(({ address: ip }) => isPublic(ip)) || !(await answersAnybody(url, host))) return undefined
  return `Redis at ${url.host} answers anybody on a public address: give it a password, or let it listen on a private one (REDIS_URL).`
}

async function answersAnybody({ port, protocol }: URL, host: string): Promise<boolean> {
  const stranger = new Redis({
    host,
    port: Number(port || 6379),
    ...(protocol === 'rediss:' ? { tls: { rejectUnauthorized: false } } : {}),
    lazyConnect: true,
    enableReadyCheck: false,
    connectTimeout: PATIENCE,
    commandTimeout: PATIENCE,
    retryStrategy: () => null,
  })
  // What is wrong comes as the answer to the command, too.
  stranger.on('error', () => undefined)
  try {
    return (await stranger.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    stranger.disconnect()
  }
}
