import { parseOurs } from '../addresses.ts'
import type { TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import type { QuoteDraft } from './post-draft.ts'
import type { Post } from './post.model.ts'

type Quoted = { id: Id; authorId: Id }

/**
 * Writes what a post quotes, or what it names as quoted while that is not here yet. Counts it when it is accepted. A post
 * that quotes itself, or quotes in a circle, is kept without the quote (federation rule 100); a second quote of the same
 * post changes nothing.
 */
export async function recordQuote(
  ctx: TxCtx,
  post: Pick<Post, 'id' | 'authorId'>,
  draft: QuoteDraft,
): Promise<void> {
  const quoted = await findQuoted(ctx, draft)
  if (quoted && (await leadsTo(ctx, quoted.id, post.id))) return
  const written = await row(
    ctx,
    `INSERT INTO quotes (post_id, quoted_id, quoted_uri, state, stamp_uri)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (post_id) DO NOTHING RETURNING post_id`,
    [post.id, quoted?.id ?? null, draft.uri ?? null, draft.state, draft.stampUri ?? null],
  )
  if (!written) return
  const { id: postId, authorId } = post
  if (quoted && draft.state === 'accepted') {
    await countQuote(ctx, quoted.id, 1)
    await emit(ctx, 'quote.accepted', { postId, authorId, quotedId: quoted.id })
  } else await emit(ctx, 'quote.made', { postId, authorId })
}

/** Raises or lowers how many accepted quotes a post has (QUOTE-11). */
export const countQuote = (ctx: TxCtx, quotedId: Id, by: 1 | -1) =>
  rows(ctx, 'UPDATE posts SET quotes_count = greatest(quotes_count + $2, 0) WHERE id = $1', [quotedId, by])

// Who quotes a boost quotes what was boosted.
const by = (condition: string): string =>
  `SELECT p.id, p.author_id AS "authorId" FROM posts AS named
     JOIN posts AS p ON p.id = coalesce(named.boost_of_id, named.id)
   WHERE ${condition} LIMIT 1 FOR NO KEY UPDATE OF p`
const byId = by('named.id = $1')
const byUri = by('named.uri = $1')
const byUrl = by('named.url = $1')

async function findQuoted(ctx: TxCtx, { quotedId, uri }: QuoteDraft): Promise<Quoted | undefined> {
  if (quotedId) return row<Quoted>(ctx, byId, [quotedId])
  if (!uri) return undefined
  const ours = parseOurs(uri)
  if (ours) return 'postId' in ours ? row<Quoted>(ctx, byId, [ours.postId]) : undefined
  return (await row<Quoted>(ctx, byUri, [uri])) ?? row<Quoted>(ctx, byUrl, [uri])
}

/** Does following quotes from one post lead to the other within a few steps? */
export const leadsTo = async (ctx: TxCtx, fromId: Id, toId: Id): Promise<boolean> =>
  (await row(
    ctx,
    `WITH RECURSIVE chain AS (
       SELECT $1::bigint AS id, 0 AS step
       UNION SELECT q.quoted_id, step + 1 FROM chain JOIN quotes AS q ON q.post_id = chain.id WHERE step < 16)
     SELECT 1 FROM chain WHERE id = $2 LIMIT 1`,
    [fromId, toId],
  )) !== undefined
