import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { PollDraft } from './post-draft.ts'

/** Writes the poll of a post. A second one for the same post changes nothing. */
export async function recordPoll(ctx: TxCtx, postId: Id, poll: PollDraft): Promise<void> {
  await rows(
    ctx,
    `INSERT INTO polls (post_id, options, tallies, voters_count, is_multiple, hides_totals, expires_at, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (post_id) DO NOTHING`,
    [
      postId,
      poll.options,
      poll.options.map((_, at) => poll.tallies?.[at] ?? 0),
      poll.votersCount === undefined ? 0 : poll.votersCount,
      poll.isMultiple,
      poll.hidesTotals ?? false,
      poll.expiresAt,
      poll.closedAt ?? null,
    ],
  )
}
