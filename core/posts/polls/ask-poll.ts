import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

const FRESH = 300_000

/**
 * Has an open poll of another server counted anew at its origin, every five minutes at most and for members only (POLL-06).
 * That the actor may see it is the caller's business.
 */
export async function askPoll(ctx: Ctx, pollId: Id): Promise<void> {
  if (ctx.actor.kind !== 'person') return
  await transact(ctx, async (ctx) => {
    const stale = await row<{ postId: Id }>(
      ctx,
      `UPDATE polls AS q SET fetched_at = $2::timestamptz FROM posts AS p
       WHERE q.id = $1 AND p.id = q.post_id AND p.uri IS NOT NULL AND q.closed_at IS NULL
         AND coalesce(q.fetched_at, p.received_at) < $3::timestamptz
       RETURNING q.post_id AS "postId"`,
      [pollId, now(), new Date(now().getTime() - FRESH)],
    )
    if (stale) await emit(ctx, 'poll.asked', stale)
  })
}
