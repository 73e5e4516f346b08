import { redis } from '#platform/redis'
import { idOf, LIFE, placeOf, type Refresh } from './refresh.ts'

/** Notes that some work is under way, under a key that says which (`home:1`); one that runs already goes on. */
export async function startRefresh(key: string): Promise<Refresh> {
  await redis
    .multi()
    .hset(placeOf(key), { status: 'running' })
    .hsetnx(placeOf(key), 'count', 0)
    .expire(placeOf(key), LIFE)
    .exec()
  return { id: idOf(key), status: 'running', count: 0 }
}
