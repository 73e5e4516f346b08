import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * A group elsewhere makes a member a moderator of it, or takes that back (feature groups-10). Who else moderates it is nothing that
 * Kith needs to know: what they do, the group says.
 */
export const receiveRank = async (
  ctx: Ctx,
  { groupId, accountId, isModerator }: { groupId: Id; accountId: Id; isModerator: boolean },
): Promise<void> => {
  await rows(
    ctx,
    isModerator
      ? `INSERT INTO group_roles (group_id, account_id, role)
         SELECT $1, id, 'moderator' FROM accounts WHERE id = $2 AND domain IS NULL ON CONFLICT DO NOTHING`
      : 'DELETE FROM group_roles WHERE group_id = $1 AND account_id = $2',
    [groupId, accountId],
  )
}
