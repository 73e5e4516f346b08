import { rates } from '#config/rates'
import { RateLimit } from '#platform/rate-limit'
import { type Json, typesOf } from './properties.ts'

const MINUTES = 60
const limit = (name: string, points: number, seconds = 5 * MINUTES) =>
  new RateLimit({ name, points: points * rates.factor, seconds })

/**
 * What one server may send to all inboxes in five minutes: a server of a hundred thousand members, or a large relay, stays
 * far below. While Redis is away each process counts alone.
 */
export const inboxLimits = {
  requests: limit('inbox-requests', 60_000),
  objects: limit('inbox-objects', 15_000),
  /** Keys that are fetched from one registered domain, for whoever says to be of it: fewer than five each second. */
  keys: limit('inbox-keys', 45, 10),
}

/**
 * Counts a request that a host was proven to have sent, and what it brings to be stored (federation rule 49): nobody can use
 * up the limits of another. Gives when to come again, or undefined when it is within the limits.
 */
export async function countIntake(host: string, activity: Json): Promise<Date | undefined> {
  const brings = typesOf(activity).some((type) => type === 'Create' || type === 'Announce')
  const uses = await Promise.all([
    inboxLimits.requests.use(host),
    ...(brings ? [inboxLimits.objects.use(host)] : []),
  ])
  return uses.find(({ isOver }) => isOver)?.resetAt
}
