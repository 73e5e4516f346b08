import { createHmac, timingSafeEqual } from 'node:crypto'
import { secretFor } from '#platform/secrets'

/** Work that goes on after an answer; `count` is how much it has brought so far, null when nobody counts. */
export type Refresh = { id: string; status: 'running' | 'finished'; count: number | null }

/** Seconds that a refresh is known, from its start and again from its end. */
export const LIFE = 3600

/** Where a refresh is kept. */
export const placeOf = (key: string): string => `refresh:${key}`

const sign = (key: string): Buffer => createHmac('sha256', secretFor('refreshes')).update(key).digest()

/** The id of a refresh as clients have it: opaque and signed (MISC-14). */
export const idOf = (key: string): string =>
  `${Buffer.from(key).toString('base64url')}.${sign(key).toString('base64url')}`

/** The key in an id; undefined when it was not made here. */
export function keyOf(id: string): string | undefined {
  const [encoded = '', signature = ''] = id.split('.')
  const key = Buffer.from(encoded, 'base64url').toString()
  const [said, right] = [Buffer.from(signature, 'base64url'), sign(key)]
  return said.length === right.length && timingSafeEqual(said, right) ? key : undefined
}
