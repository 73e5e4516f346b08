import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'

/** Takes an account out of all lists of a member (ACCT-25, ACCT-27). */
export async function leaveLists(
  ctx: TxCtx,
  { ownerId, accountId }: { ownerId: Id; accountId: Id },
): Promise<void> {
  const left = await rows<{ listId: Id }>(
    ctx,
    `DELETE FROM list_members AS m USING lists AS l
     WHERE l.id = m.list_id AND l.owner_id = $1 AND m.account_id = $2 RETURNING m.list_id AS "listId"`,
    [ownerId, accountId],
  )
  for (const { listId } of left) await emit(ctx, 'list.changed', { listId, ownerId })
}
