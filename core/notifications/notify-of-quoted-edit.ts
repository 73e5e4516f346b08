import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/** Tells members that a post which they quote was edited; the notice of an earlier edit gives way (QUOTE-13). */
export const notifyOfQuotedEdit = (ctx: Ctx, fact: Facts['post.edited']): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { postId, authorId: fromId } = fact
    await rows(
      ctx,
      `DELETE FROM notifications AS n USING posts AS p
       WHERE p.id = $1 AND n.post_id = p.id AND n.kind = 'quoted_update' AND n.created_at < p.edited_at`,
      [postId],
    )
    const quoters = await rows<{ accountId: Id }>(
      ctx,
      `SELECT DISTINCT p.author_id AS "accountId" FROM quotes AS q JOIN posts AS p ON p.id = q.post_id
       WHERE q.quoted_id = $1 AND q.state = 'accepted' AND p.uri IS NULL`,
      [postId],
    )
    await notify(
      ctx,
      quoters.map(({ accountId }) => ({ accountId, kind: 'quoted_update', fromId, postId })),
    )
  })
