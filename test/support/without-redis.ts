import { once } from 'node:events'
import { redis } from '#platform/redis'

/** Does something while this process has no connection to Redis, and connects again; gives what it gave. */
export async function withoutRedis<T>(work: () => Promise<T>): Promise<T> {
  const ended = once(redis, 'end')
  redis.disconnect()
  await ended
  try {
    return await work()
  } finally {
    await redis.connect()
  }
}
