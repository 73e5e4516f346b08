import type { Ctx, TxCtx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

const BATCH = 100

/** Closes the polls whose time is over and says so, each once: their voters and authors are told then (POLL-05). */
export async function closePolls(ctx: Ctx): Promise<void> {
  while ((await transact(ctx, closeSome)) === BATCH);
}

async function closeSome(ctx: TxCtx): Promise<number> {
  const closed = await rows<{ pollId: Id; postId: Id; authorId: Id }>(
    ctx,
    `UPDATE polls SET closed_at = expires_at FROM posts
     WHERE posts.id = polls.post_id AND polls.id IN (
       SELECT id FROM polls WHERE closed_at IS NULL AND expires_at <= $1
       ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING polls.id AS "pollId", posts.id AS "postId", posts.author_id AS "authorId"`,
    [now()],
  )
  await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = ANY ($1::bigint[])', [
    closed.map(({ postId }) => postId),
  ])
  for (const poll of closed) await emit(ctx, 'poll.ended', poll)
  return closed.length
}
