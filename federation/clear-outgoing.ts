import type { Ctx } from '#core/ctx'
import { rows } from '#platform/db'

const BATCH = 1000

/**
 * Forgets activities that went out, two weeks after: by then every delivery has arrived or was given up. Those that an
 * operator may still retry stay.
 */
export async function clearOutgoing(ctx: Ctx): Promise<void> {
  for (;;) {
    const gone = await rows(
      ctx,
      `DELETE FROM outgoing_activities WHERE id IN (SELECT id FROM outgoing_activities
         WHERE created_at < now() - interval '14 days' AND id NOT IN (
           SELECT (payload->>'activityId')::bigint FROM owed_work WHERE kind = 'delivery')
         ORDER BY created_at LIMIT ${BATCH}) RETURNING id`,
    )
    if (gone.length < BATCH) return
  }
}
