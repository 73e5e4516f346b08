import { limits } from '#config/limits'
import { orElse, redis } from '#platform/redis'
import type { Id } from '#platform/ids'
import type { Cursors } from '../paging.ts'
import { entryOf, type FeedEntry, memberOf, padded, REPEATS } from './feed-entry.ts'

/**
 * Feeds in Redis: a sorted set of entries for each home and list. They hold nothing that PostgreSQL does not know; one
 * that is not there is built when it is read. While Redis is away reads go on without it; changes fail, as a feed
 * that came back without them would be wrong: whoever makes them tries again.
 */
export const homeKey = (accountId: Id): string => `kith:feed:home:${accountId}`
export const listKey = (listId: Id): string => `kith:feed:list:${listId}`

// Below all entries stands one mark: '-' while the feed is being built, '.' when it is whole.
const BUILDING = '-'
const BUILT = '.'
const KEEP_SECONDS = 14 * 86_400

const add = `
  local taken = {}
  for at, key in ipairs(KEYS) do
    if redis.call('EXISTS', key) == 1 then
      local isRepeat = false
      if ARGV[2] ~= '' then
        for _, member in ipairs(redis.call('ZREVRANGE', key, 0, ${REPEATS - 1})) do
          if member == ARGV[2] or string.sub(member, -20) == '>' .. ARGV[2] then isRepeat = member ~= ARGV[1] end
        end
      end
      if isRepeat then taken[#taken + 1] = at
      else
        redis.call('ZADD', key, 0, ARGV[1])
        redis.call('ZREMRANGEBYRANK', key, 1, ${-limits.feed - 1})
      end
    end
  end
  return taken`

/**
 * Puts an entry into those of these feeds that are kept, unless it repeats one of the last (TL-04). Gives the feeds that
 * it did not enter for that reason.
 */
export async function addToFeeds(keys: readonly string[], entry: FeedEntry): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const original = entry.boostOfId ? padded(entry.boostOfId) : ''
  const repeats = (await redis.eval(add, keys.length, ...keys, memberOf(entry), original)) as number[]
  return new Set(repeats.flatMap((at) => keys[at - 1] ?? []))
}

const remove = `
  for _, key in ipairs(KEYS) do
    for _, id in ipairs(ARGV) do redis.call('ZREMRANGEBYLEX', key, '[' .. id, '[' .. id .. '?') end
  end`

/** Takes entries out of feeds. */
export async function removeFromFeed(keys: readonly string[], ids: readonly Id[]): Promise<void> {
  if (keys.length > 0 && ids.length > 0) await redis.eval(remove, keys.length, ...keys, ...ids.map(padded))
}

/** Forgets feeds; they are built anew when they are read. */
export const dropFeeds = (keys: readonly string[]): Promise<unknown> => redis.del(...keys)

/** A page of a feed, newest first; undefined when the feed is not whole or Redis is away. */
export async function readFeed(key: string, cursors: Cursors): Promise<FeedEntry[] | undefined> {
  const low = cursors.min_id ?? cursors.since_id
  const bounds = {
    // '?' stands above '>', so that a boost under the cursor's id is left out too.
    low: low ? `(${padded(low)}?` : '[0',
    high: cursors.max_id ? `(${padded(cursors.max_id)}` : '+',
  }
  const rising = cursors.min_id !== undefined
  return orElse(async () => {
    const page = redis.pipeline().zscore(key, BUILT).expire(key, KEEP_SECONDS)
    if (rising) page.zrangebylex(key, bounds.low, bounds.high, 'LIMIT', 0, cursors.limit)
    else page.zrevrangebylex(key, bounds.high, bounds.low, 'LIMIT', 0, cursors.limit)
    const [built, , members] = (await page.exec()) ?? []
    if (!built || built[0] || built[1] === null || !members || members[0]) return undefined
    const entries = (members[1] as string[]).map(entryOf)
    return rising ? entries.reverse() : entries
  }, undefined)
}

/** All entries of a feed that is whole. */
export const wholeFeed = (key: string): Promise<FeedEntry[] | undefined> =>
  readFeed(key, { limit: limits.feed + 1 })

/** Says that a feed is being built: from now on new posts enter it. */
export const beginFeed = (key: string): Promise<unknown> =>
  orElse(() => redis.multi().zadd(key, 0, BUILDING).expire(key, KEEP_SECONDS).exec(), null)

/** Fills a feed that was begun and says that it is whole. */
export async function fillFeed(key: string, entries: readonly FeedEntry[]): Promise<void> {
  await orElse(async () => {
    const members = [BUILT, ...entries.slice(0, limits.feed).map(memberOf)]
    await redis
      .multi()
      .zadd(key, ...members.flatMap((member) => [0, member]))
      .zrem(key, BUILDING)
      .zremrangebyrank(key, 1, -limits.feed - 1)
      .exec()
  }, undefined)
}
