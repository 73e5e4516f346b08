import type { TxCtx } from '../../ctx.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import type { Post } from '../post.model.ts'
import { countQuote, recordQuote } from '../record-quote.ts'
import type { RemotePost } from '../remote-post.ts'

type Held = { quotedUri: string | null; quotedId: Id | null; state: string; stampUri: string | null }

/**
 * What the newer state of a post of another server says about its quote: another one takes the place of the former, a
 * stamp that came later is to be checked, a removed one goes (features edits-05, R-023). Nothing said changes nothing.
 */
export async function reviseQuote(
  ctx: TxCtx,
  post: Pick<Post, 'id' | 'authorId'>,
  quote: RemotePost['quote'],
): Promise<void> {
  if (quote === undefined) return
  const held = await row<Held>(
    ctx,
    `SELECT quoted_uri AS "quotedUri", quoted_id AS "quotedId", state, stamp_uri AS "stampUri"
     FROM quotes WHERE post_id = $1 FOR UPDATE`,
    [post.id],
  )
  if (held && quote && (held.quotedUri === null || held.quotedUri === quote.uri))
    return takeStamp(ctx, post, held, quote.stampUri)
  if (held) {
    await rows(ctx, 'DELETE FROM quotes WHERE post_id = $1', [post.id])
    if (held.state === 'accepted' && held.quotedId) await countQuote(ctx, held.quotedId, -1)
  }
  if (quote) await recordQuote(ctx, post, { ...quote, state: 'pending' })
}

async function takeStamp(
  ctx: TxCtx,
  { id: postId, authorId }: Pick<Post, 'id' | 'authorId'>,
  held: Held,
  stampUri: string | null,
): Promise<void> {
  if (!stampUri || held.state !== 'pending' || held.stampUri === stampUri) return
  await rows(ctx, 'UPDATE quotes SET stamp_uri = $2 WHERE post_id = $1', [postId, stampUri])
  await emit(ctx, 'quote.made', { postId, authorId })
}
