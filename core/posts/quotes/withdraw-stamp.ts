import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { changeQuote } from './change-quote.ts'

/** The author of a quoted post, elsewhere, takes a stamp back: what it let through stands no more (federation rule 214). */
export async function withdrawStamp(ctx: Ctx, { uri, actorId }: { uri: string; actorId: Id }): Promise<void> {
  const quotes = await rows<{ postId: Id }>(
    ctx,
    `SELECT q.post_id AS "postId" FROM quotes AS q JOIN posts AS p ON p.id = q.quoted_id
     WHERE q.stamp_uri = $1 AND p.author_id = $2`,
    [uri, actorId],
  )
  for (const { postId } of quotes)
    await changeQuote(ctx, { postId, to: 'revoked', from: ['pending', 'accepted'] })
}
