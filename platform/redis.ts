import { Redis, type RedisOptions } from 'ioredis'
import { stores } from '#config/stores'
import { log } from './log.ts'

/**
 * Opens a connection to Redis. While Redis is away, commands fail at once instead of piling up; the
 * connection comes back by itself.
 */
export function connectRedis(options: RedisOptions = {}): Redis {
  const client = new Redis(stores.redis, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5000),
    ...options,
  })
  let isAway = false
  client.on('error', (error: Error) => {
    if (!isAway) log.warn({ error: error.message }, 'Redis does not answer; going on without it')
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) log.info('Redis answers again')
    isAway = false
  })
  return client
}

/**
 * The connection for feeds, caches and counters; commands of one moment go out together. A Redis that is there but says
 * nothing for so long counts as away.
 */
export const redis = connectRedis({ enableAutoPipelining: true, socketTimeout: 2000 })

/** Connects when a process starts, so that not even its first command fails; Redis may be away. */
export const openRedis = async (): Promise<void> => {
  if (redis.status === 'wait' || redis.status === 'end') await orElse(() => redis.connect(), undefined)
}

/** Runs a Redis command whose result Kith can do without: gives `fallback` while Redis is away. */
export async function orElse<T>(command: () => Promise<T>, fallback: T): Promise<T> {
  try {
    return await command()
  } catch (error) {
    log.debug({ error: Error.isError(error) ? error.message : String(error) }, 'a Redis command was skipped')
    return fallback
  }
}
