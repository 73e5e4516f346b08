import { isOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { changeQuote } from '#core/posts/quotes/change-quote'
import { judgeQuote } from '#core/posts/quotes/judge-quote'
import { tieQuote } from '#core/posts/quotes/tie-quote'
import { isBuried } from '#core/accounts/bury-uri'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findPost } from './find-post.ts'
import { claimOf, loadQuote, type WholeQuote } from './load-quote.ts'
import { verifyStamp } from './verify-stamp.ts'

/**
 * Finds out how a quote stands that waits: fetches what it quotes, at most two quotes deep (federation rule 100), and
 * believes no stamp but one that its origin shows (rules 212, 213). What cannot be told yet goes on waiting.
 */
export async function checkQuote(ctx: Ctx, { postId }: Facts['quote.made']): Promise<void> {
  const quote = await tied(ctx, postId)
  if (!quote?.quoted || quote.state !== 'pending' || quote.quoting.uri === null) return
  const verdict = await judgeQuote(ctx, { postId })
  if (verdict !== 'unproven') {
    await changeQuote(ctx, { postId, to: verdict })
    return
  }
  const { quoting, quoted, stampUri } = quote
  if (!stampUri) return
  if (await wasWithdrawn(ctx, stampUri, quoted.authorId)) {
    await changeQuote(ctx, { postId, to: 'revoked' })
  } else if ((await verifyStamp(ctx, claimOf(quoting, quoted, stampUri))) === 'valid') {
    await changeQuote(ctx, { postId, to: 'accepted', stampUri })
  }
}

async function tied(ctx: Ctx, postId: Id): Promise<WholeQuote | undefined> {
  const quote = await loadQuote(postId)
  if (!quote || quote.quoted || quote.state !== 'pending' || !quote.quotedUri) return quote
  if (isOurs(quote.quotedUri) || (await isDeep(postId))) return undefined
  const found = await findPost(ctx, quote.quotedUri)
  if (!found) return undefined
  const isTied = await tieQuote(ctx, { postId, quotedId: found.boostOfId ?? found.id })
  return isTied ? loadQuote(postId) : undefined
}

/** Is the post itself one that was fetched because a quoted post quotes it? */
const isDeep = async (postId: Id): Promise<boolean> =>
  (await row(
    {},
    `SELECT 1 FROM (SELECT post_id FROM quotes WHERE quoted_id = $1 LIMIT 100) AS above
       JOIN quotes AS q ON q.quoted_id = above.post_id LIMIT 1`,
    [postId],
  )) !== undefined

/** Did the Delete of the stamp come before the quote? */
const wasWithdrawn = (ctx: Ctx, stampUri: string, authorId: Id): Promise<boolean> =>
  transact(ctx, (ctx) => isBuried(ctx, stampUri, authorId))
