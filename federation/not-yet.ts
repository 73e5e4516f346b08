import { now } from '#platform/clock'
import { type Id, timeOfId } from '#platform/ids'

const MINUTE = 60
const HOUR = 60 * MINUTE
const pauses = [5, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 16 * HOUR, 2 * HOUR]

/**
 * What an activity speaks of is not here, or not as it should be, but may be soon: it is looked at again within seconds,
 * then more and more seldom for a day, and then forgotten (R-023, federation rule 120).
 */
export class NotYet extends Error {
  override name = 'NotYet'
}

/** Seconds until the next look after so many; undefined when a day has passed. */
export const pauseAfterLook = (looks: number): number | undefined => pauses[looks - 1]

const DAY_MS = 24 * HOUR * 1000

/** Could something of ours with this id be about to be committed? Ids are made in the transaction that writes the row. */
export function mayStillCome(id: Id): boolean {
  const age = now().getTime() - timeOfId(id).getTime()
  return age > -MINUTE * 1000 && age < DAY_MS
}
