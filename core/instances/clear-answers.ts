import type { Ctx } from '#core/ctx'
import { rows } from '#platform/db'

const BATCH = 5000
const MOST_REFUSALS = 20_000

/** Forgets what servers answered 30 days ago, and refusals of two weeks ago or past twenty thousand. */
export async function clearAnswers(ctx: Ctx): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM inbox_refusals WHERE last_at < greatest(now() - interval '14 days',
       (SELECT last_at FROM inbox_refusals ORDER BY last_at DESC OFFSET ${MOST_REFUSALS} LIMIT 1))`,
  )
  for (;;) {
    const gone = await rows(
      ctx,
      `DELETE FROM delivery_answers WHERE (post_id, inbox, activity_type) IN (
         SELECT post_id, inbox, activity_type FROM delivery_answers
         WHERE created_at < now() - interval '30 days' ORDER BY created_at LIMIT ${BATCH}) RETURNING post_id`,
    )
    if (gone.length < BATCH) return
  }
}
