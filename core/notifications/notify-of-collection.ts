import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/** Tells a member that somebody put them into a collection (NOTE-01). */
export async function notifyOfCollection(ctx: Ctx, fact: Facts['collection.filled']): Promise<void> {
  const { collectionId: subjectId, ownerId: fromId, accountId } = fact
  const isIn = await row(
    ctx,
    `SELECT 1 FROM collection_items WHERE collection_id = $1 AND account_id = $2 AND state = 'accepted'`,
    [subjectId, accountId],
  )
  if (isIn) await notify(ctx, [{ accountId, kind: 'added_to_collection', fromId, subjectId }])
}

/** Tells the members in a collection that it changed; the latest change takes the place of earlier ones (NOTE-01). */
export const notifyOfCollectionChange = (ctx: Ctx, fact: Facts['collection.changed']): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { collectionId: subjectId, ownerId: fromId } = fact
    const found = await rows<{ accountId: Id }>(
      ctx,
      `SELECT account_id AS "accountId" FROM collection_items WHERE collection_id = $1 AND state = 'accepted'
       ORDER BY account_id`,
      [subjectId],
    )
    const ids = found.map(({ accountId }) => accountId)
    await rows(
      ctx,
      `DELETE FROM notifications WHERE account_id = ANY ($1::bigint[]) AND kind = 'collection_update'
         AND from_id = $2 AND coalesce(post_id, subject_id, 0) = $3`,
      [ids, fromId, subjectId],
    )
    await notify(
      ctx,
      ids.map((accountId) => ({ accountId, kind: 'collection_update', fromId, subjectId })),
    )
  })

/** Whoever is in a collection no more has no notifications of it. */
export async function withdrawOfCollection(ctx: Ctx, fact: Facts['collection.left']): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM notifications WHERE account_id = $1 AND kind IN ('added_to_collection', 'collection_update')
       AND subject_id = $2`,
    [fact.accountId, fact.collectionId],
  )
}
