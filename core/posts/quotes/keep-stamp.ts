import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/** Keeps the stamp of an accepted quote, which was checked just now (federation rule 214); states it when it is another. */
export const keepStamp = (ctx: Ctx, { postId, stampUri }: { postId: Id; stampUri: string }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const kept = await row<{ authorId: Id; isNew: boolean }>(
      ctx,
      `UPDATE quotes AS q SET stamp_uri = $2, checked_at = $3 FROM posts AS p, quotes AS old
       WHERE q.post_id = $1 AND q.state = 'accepted' AND p.id = q.post_id AND old.post_id = q.post_id
       RETURNING p.author_id AS "authorId", old.stamp_uri IS DISTINCT FROM $2 AS "isNew"`,
      [postId, stampUri, now()],
    )
    if (kept?.isNew) await emit(ctx, 'quote.changed', { postId, authorId: kept.authorId })
  })
