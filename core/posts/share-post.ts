import type { TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'

// The name of a post's lock, as lockKeys hashes it.
const keyOf = (id: string): string => `hashtextextended('post ' || ${id}, 0)`

/**
 * SQL that finds a post by a condition on `named`, or what it boosts, and shares it until the transaction ends: any number
 * may add to it and count that at the same time, and nobody erases it meanwhile. Raise its counters last: only
 * that makes others wait, and a post that thousands like at once is one row.
 */
export const sharing = (columns: string, condition: string): string =>
  `WITH named AS MATERIALIZED (SELECT coalesce(boost_of_id, id) AS id FROM posts AS named WHERE ${condition}),
     held AS MATERIALIZED (SELECT id, pg_advisory_xact_lock_shared(${keyOf('id')}) FROM named)
   SELECT ${columns} FROM posts AS p JOIN held USING (id) FOR KEY SHARE OF p`

const byId = sharing('1 AS one', 'named.id = $1')

/** Shares a post, or what it boosts; gives whether it is there. */
export const sharePost = async (ctx: TxCtx, postId: Id): Promise<boolean> =>
  (await row(ctx, byId, [postId])) !== undefined

/** Waits until nobody shares the post any more, and keeps everybody else from it. For whoever erases it. */
export const takePost = (ctx: TxCtx, postId: Id): Promise<void> => lockKeys(ctx, [`post ${postId}`])
