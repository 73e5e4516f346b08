import { actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { stateDeed } from './state-deed.ts'

/** Takes the rank of somebody below an owner in a group away, if they have one, and says that the actor did. */
export async function dropRank(
  ctx: TxCtx,
  { groupId, accountId, actorId = actingId(ctx) }: { groupId: Id; accountId: Id; actorId?: Id },
): Promise<void> {
  const gone = await row(
    ctx,
    `DELETE FROM group_roles WHERE group_id = $1 AND account_id = $2 AND role <> 'owner' RETURNING role`,
    [groupId, accountId],
  )
  if (gone) await stateDeed(ctx, 'group.moderatorRemoved', { groupId, accountId }, actorId)
}

/** Whoever left a group moderates it no more. */
export const dropRankOfLeaver = (
  ctx: Ctx,
  { followerId: accountId, followedId: groupId }: Facts['follow.ended'] | Facts['follow.rejected'],
): Promise<void> => transact(ctx, (ctx) => dropRank(ctx, { groupId, accountId, actorId: accountId }))
