import { instance } from '#config/instance'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

const BATCH = 5000

/**
 * Forgets what other servers deleted more than 100 days ago: copies may come for 90. What was deleted here is remembered for good:
 * its address answers that it is gone (federation rule 193).
 */
export async function clearTombstones(ctx: Ctx): Promise<void> {
  for (;;) {
    const gone = await rows(
      ctx,
      `DELETE FROM tombstones WHERE uri IN (
         SELECT uri FROM tombstones WHERE created_at < now() - interval '100 days' AND NOT starts_with(uri, $1)
         ORDER BY created_at LIMIT ${BATCH}) RETURNING uri`,
      [`${instance.origin}/`],
    )
    if (gone.length < BATCH) return
  }
}
