import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { erasePost } from './erase-post.ts'
import { findOriginal } from './find-post.ts'

/**
 * Takes back the actor's boost of a post, named by the id of the original or of the boost (STAT-25). Gives the id of the
 * original. When there is no boost nothing happens. Throws NotFound when the post may not be seen.
 */
export const unboostPost = (ctx: Ctx, { postId }: { postId: Id }): Promise<Id> =>
  transact(ctx, async (ctx) => {
    const boost = await row<{ id: Id; originalId: Id }>(
      ctx,
      `SELECT id, boost_of_id AS "originalId" FROM posts
       WHERE author_id = $1 AND boost_of_id IN ($2, (SELECT boost_of_id FROM posts WHERE id = $2))`,
      [accountIdOf(ctx.actor) ?? null, postId],
    )
    if (!boost) return (await findOriginal(ctx, postId)).id
    await erasePost(ctx, boost.id, { keepsMedia: false })
    return boost.originalId
  })
