import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { notify } from './notify.ts'

/** Tells members that a poll which they made or voted in has ended (NOTE-01, NOTE-02). */
export async function notifyOfPollEnd(ctx: Ctx, fact: Facts['poll.ended']): Promise<void> {
  const { postId, authorId: fromId } = fact
  const concerned = await rows<{ accountId: Id }>(
    ctx,
    `SELECT v.account_id AS "accountId" FROM votes AS v WHERE v.poll_id = $1 UNION SELECT $2::bigint`,
    [fact.pollId, fromId],
  )
  await notify(
    ctx,
    concerned.map(({ accountId }) => ({ accountId, kind: 'poll', fromId, postId })),
  )
}
