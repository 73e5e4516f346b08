import type { Ctx } from '#core/ctx'
import { rows } from '#platform/db'

const BATCH = 5000

/**
 * Forgets which activities were taken more than 30 days ago (federation rule 42, R-192): what comes again after that finds
 * what it did the first time, or the tombstone of it.
 */
export async function clearReceived(ctx: Ctx): Promise<void> {
  for (;;) {
    const gone = await rows(
      ctx,
      `DELETE FROM received_activities WHERE uri IN (SELECT uri FROM received_activities
         WHERE received_at < now() - interval '30 days' ORDER BY received_at LIMIT ${BATCH}) RETURNING uri`,
    )
    if (gone.length < BATCH) return
  }
}
