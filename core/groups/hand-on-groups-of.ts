import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/**
 * Whoever is gone moderates nothing any more. A group that they owned goes to its first admin, else to its first moderator;
 * where there is none, it has no owner.
 */
export const handOnGroupsOf = async (ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> => {
  await rows(
    ctx,
    `WITH gone AS (DELETE FROM group_roles WHERE account_id = $1 RETURNING group_id, role)
     UPDATE group_roles AS r SET role = 'owner' FROM gone
     WHERE gone.role = 'owner' AND r.group_id = gone.group_id AND r.account_id = (
       SELECT next.account_id FROM group_roles AS next WHERE next.group_id = gone.group_id AND next.account_id <> $1
       ORDER BY next.role, next.created_at LIMIT 1)`,
    [accountId],
  )
}
