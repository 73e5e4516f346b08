import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/** Tells members that a post which they boosted was edited; the notice of an earlier edit gives way (NOTE-01). */
export const notifyOfEdit = (ctx: Ctx, fact: Facts['post.edited']): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { postId, authorId: fromId } = fact
    await rows(
      ctx,
      `DELETE FROM notifications AS n USING posts AS p
       WHERE p.id = $1 AND n.post_id = p.id AND n.kind = 'update' AND n.created_at < p.edited_at`,
      [postId],
    )
    const boosters = await rows<{ accountId: Id }>(
      ctx,
      'SELECT author_id AS "accountId" FROM posts WHERE boost_of_id = $1',
      [postId],
    )
    await notify(
      ctx,
      boosters.map(({ accountId }) => ({ accountId, kind: 'update', fromId, postId })),
    )
  })
