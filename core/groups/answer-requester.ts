import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { acceptFollow } from '../relationships/accept-follow.ts'
import { rejectFollow } from '../relationships/reject-follow.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { answerRequest } from './answer-request.ts'

/**
 * Answers what somebody asks of the actor, as apps put it that know no groups: to follow them, else to join the groups that they
 * moderate (client extensions 4.8). Throws NotFound when no request of theirs waits.
 */
export async function answerRequester(
  ctx: Ctx,
  { accountId, isAccepted }: { accountId: Id; isAccepted: boolean },
): Promise<void> {
  const actorId = actingId(ctx)
  const asked = await rows<{ id: Id }>(
    ctx,
    `SELECT f.followed_id AS id FROM follows AS f WHERE f.follower_id = $1 AND f.state = 'pending'
       AND (f.followed_id = $2 OR (SELECT true FROM groups AS g JOIN group_roles AS gr ON gr.group_id = g.account_id
         WHERE g.account_id = f.followed_id AND gr.account_id = $2))`,
    [accountId, actorId],
  )
  const groups = asked.filter(({ id }) => id !== actorId)
  if (groups.length === 0 || groups.length < asked.length)
    return (isAccepted ? acceptFollow : rejectFollow)(ctx, { accountId })
  for (const { id: groupId } of groups) await answerRequest(ctx, { groupId, accountId, isAccepted })
}
