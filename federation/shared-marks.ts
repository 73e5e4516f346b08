import { createHash } from 'node:crypto'
import { lru } from '#platform/lru'
import { redis } from '#platform/redis'
import type { Marks } from './signatures/key-store.ts'

const own = lru<string>(20_000)

// Names hold addresses of strangers, of any length.
const keyOf = (name: string) => `mark:${createHash('sha256').update(name).digest('base64url')}`

/**
 * Marks in Redis, shared by all processes and lost with it; while Redis is away each process keeps its own, so that
 * limits still hold.
 */
export const sharedMarks: Marks = {
  claim: async (name, ms) => {
    const key = keyOf(name)
    const isFirst = await orAlone(
      async () => (await redis.set(key, '1', 'PX', ms, 'NX')) === 'OK',
      () => !own.has(key),
    )
    if (isFirst) own.set(key, '1', { ttl: ms })
    return isFirst
  },
  remember: async (name, value, ms) => {
    const key = keyOf(name)
    own.set(key, value, { ttl: ms })
    await orAlone(
      () => redis.set(key, value, 'PX', ms),
      () => undefined,
    )
  },
  recall: async (name) => {
    const key = keyOf(name)
    return (
      (await orAlone(
        () => redis.get(key),
        () => own.get(key),
      )) ?? undefined
    )
  },
}

async function orAlone<T, U>(command: () => Promise<T>, alone: () => U): Promise<T | U> {
  try {
    return await command()
  } catch {
    // The connection itself reports that Redis is away.
    return alone()
  }
}
