import { NotFound } from '#platform/errors'
import { redis } from '#platform/redis'
import { keyOf, placeOf, type Refresh } from './refresh.ts'

/** The refresh of an id. Throws NotFound when it was not made here or is long over (MISC-14). */
export async function findRefresh(id: string): Promise<Refresh> {
  const key = keyOf(id)
  const { status, count } = key ? await redis.hgetall(placeOf(key)) : {}
  if (status !== 'running' && status !== 'finished') throw new NotFound()
  return { id, status, count: Number(count ?? 0) }
}
