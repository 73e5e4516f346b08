import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

const readers = `
  SELECT author_id AS "accountId", 'update' AS kind FROM posts WHERE boost_of_id = $1
  UNION
  SELECT p.author_id, 'quoted_update' FROM quotes AS q JOIN posts AS p ON p.id = q.post_id
  WHERE q.quoted_id = $1 AND q.state = 'accepted' AND p.uri IS NULL`

/**
 * Tells members that a post which they boosted or quote was edited; the notice of an earlier edit gives way (NOTE-01,
 * QUOTE-13).
 */
export const notifyOfEdit = (ctx: Ctx, fact: Facts['post.edited']): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { postId, authorId: fromId } = fact
    await rows(
      ctx,
      `DELETE FROM notifications AS n USING posts AS p
       WHERE p.id = $1 AND n.post_id = p.id AND n.kind IN ('update', 'quoted_update') AND n.created_at < p.edited_at`,
      [postId],
    )
    const told = await rows<{ accountId: Id; kind: string }>(ctx, readers, [postId])
    await notify(
      ctx,
      told.map(({ accountId, kind }) => ({ accountId, kind, fromId, postId })),
    )
  })
