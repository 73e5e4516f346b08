import type { KvKey, KvStore } from '@fedify/fedify'
import { redis } from '#platform/redis'

const name = (key: KvKey): string => `kith:fedify:${key.map(encodeURIComponent).join('/')}`
const keyOf = (stored: string): KvKey =>
  stored.slice('kith:fedify:'.length).split('/').map(decodeURIComponent) as unknown as KvKey

/** Fedify's store of what can be fetched again, in Redis. */
export const fedifyStore: KvStore = {
  get: async <T>(key: KvKey) => {
    const text = await redis.get(name(key))
    return text === null ? undefined : (JSON.parse(text) as T)
  },
  set: async (key, value, { ttl } = {}) => {
    const text = JSON.stringify(value)
    await (ttl
      ? redis.set(name(key), text, 'PX', Math.max(1, Math.round(ttl.total('milliseconds'))))
      : redis.set(name(key), text))
  },
  delete: async (key) => void (await redis.del(name(key))),
  async *list(prefix) {
    const pattern = `${prefix ? name(prefix) : 'kith:fedify:'}*`
    let cursor = '0'
    do {
      const [next, found] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 100)
      for (const each of found) {
        const text = await redis.get(each)
        if (text !== null) yield { key: keyOf(each), value: JSON.parse(text) as unknown }
      }
      cursor = next
    } while (cursor !== '0')
  },
}
