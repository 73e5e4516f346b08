import { LRUCache } from 'lru-cache'

/** A store in this process that forgets what was used least when it holds `max`, and everything after `seconds` if given. */
export const lru = <V extends object | string | true>(max: number, seconds?: number): LRUCache<string, V> =>
  new LRUCache<string, V>({ max, ...(seconds ? { ttl: seconds * 1000 } : {}) })
