import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import type { Post } from './post.model.ts'

/**
 * Ties quotes that came before what they quote to it, now that it is here. Whether they stand is asked when that
 * is stated. What would close a circle stays as it is (federation rule 100).
 */
export async function linkQuotes(
  ctx: TxCtx,
  post: Pick<Post, 'id' | 'uri' | 'url' | 'boostOfId'>,
): Promise<void> {
  if (!post.uri || post.boostOfId) return
  const tied = await rows<{ postId: Id; authorId: Id }>(
    ctx,
    `UPDATE quotes AS q SET quoted_id = $1 FROM posts AS p
     WHERE p.id = q.post_id AND q.quoted_id IS NULL AND q.state = 'pending' AND q.quoted_uri = ANY ($2::text[])
       AND NOT EXISTS (SELECT FROM quotes AS own WHERE own.post_id = $1 AND own.quoted_id = q.post_id) AND p.id <> $1
     RETURNING p.id AS "postId", p.author_id AS "authorId"`,
    [post.id, [post.uri, ...(post.url ? [post.url] : [])]],
  )
  for (const each of tied) await emit(ctx, 'quote.made', each)
}
