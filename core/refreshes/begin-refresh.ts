import { redis } from '#platform/redis'
import { idOf, LIFE, placeOf, type Refresh } from './refresh.ts'

/**
 * As `startRefresh`, for work that is worth doing once an hour at most: gives whether it is to be done now, and undefined
 * when it was done of late.
 */
export async function beginRefresh(key: string): Promise<{ refresh: Refresh; isNew: boolean } | undefined> {
  const place = placeOf(key)
  const isNew = (await redis.hsetnx(place, 'status', 'running')) === 1
  if (isNew) await redis.expire(place, LIFE)
  const { status, count = '0' } = await redis.hgetall(place)
  if (status !== 'running') return undefined
  return { refresh: { id: idOf(key), status, count: Number(count) }, isNew }
}
