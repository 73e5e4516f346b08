import { redis } from '#platform/redis'
import { LIFE, placeOf } from './refresh.ts'

/** Notes that the work is done and how much it brought; whoever asks within the hour is told so. */
export async function finishRefresh(key: string, count = 0): Promise<void> {
  await redis.multi().hset(placeOf(key), { status: 'finished', count }).expire(placeOf(key), LIFE).exec()
}
