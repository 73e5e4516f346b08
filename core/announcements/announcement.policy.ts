import { type Actor, assertRunsInstance } from '../actor.ts'
import { limits } from '#config/limits'
import { Invalid } from '#platform/errors'
import type { Announcement } from './announcement.model.ts'

/** Throws Forbidden for anybody but who runs this instance, and the instance itself, which publishes in time. */
export function assertMayAnnounce(actor: Actor): void {
  if (actor.kind !== 'kith') assertRunsInstance({ actor })
}

/** A condition in SQL: does announcement `n` exist for members now (MISC-10)? */
export const isCurrent = '(n.published_at IS NOT NULL AND (n.ends_at IS NULL OR n.ends_at > now()))'

type Dates = Pick<Announcement, 'startsAt' | 'endsAt'>

/** Throws Invalid for a text that is empty or too long, or an end before its beginning. */
export function checkAnnouncement(text: string, { startsAt, endsAt }: Dates): void {
  if (text.trim() === '') throw new Invalid("Validation failed: Text can't be blank")
  if ([...text].length > limits.announcement.characters)
    throw new Invalid(`Validation failed: Text is too long (maximum is ${limits.announcement.characters})`)
  if (startsAt && endsAt && endsAt <= startsAt)
    throw new Invalid('Validation failed: The end must come after the beginning')
}
