import { postUrl } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

type Found = { id: Id; uri: string | null; url: string | null; author: Author }
type Author = { id: Id; username: string; uri: string | null; url: string | null }

/** The page of what a post quotes, which stands in its text; undefined when it quotes nothing, or nothing any more. */
export async function quotedUrl(ctx: Ctx, postId: Id): Promise<string | undefined> {
  const quoted = await row<Found>(
    ctx,
    `SELECT p.id, p.uri, p.url,
       jsonb_build_object('id', a.id::text, 'username', a.username, 'uri', a.uri, 'url', a.url) AS author
     FROM quotes AS q JOIN posts AS p ON p.id = q.quoted_id JOIN accounts AS a ON a.id = p.author_id
     WHERE q.post_id = $1`,
    [postId],
  )
  return quoted && (postUrl(quoted, quoted.author) ?? undefined)
}
