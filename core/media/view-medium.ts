import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Whose look this process has noted lately; emptied when it grows large, as a second note does no harm. */
const noted = new Map<Id, number>()
const MANY = 10_000
const HOUR = 3_600_000

/** Notes that somebody looked at the copy of a medium elsewhere, at most once a day, so that it is kept. */
export async function viewMedium(mediumId: Id): Promise<void> {
  if (Date.now() - (noted.get(mediumId) ?? 0) < HOUR) return
  if (noted.size >= MANY) noted.clear()
  noted.set(mediumId, Date.now())
  await rows(
    {},
    `UPDATE media SET viewed_at = now()
     WHERE id = $1 AND remote_url IS NOT NULL AND viewed_at < now() - interval '1 day'`,
    [mediumId],
  )
}
