import type { Ctx } from '#core/ctx'
import { changeQuote } from '#core/posts/quotes/change-quote'
import { staleQuotes } from '#core/posts/quotes/stale-quotes'
import type { Id } from '#platform/ids'
import { checkQuote } from './check-quote.ts'
import { claimOf, loadQuote } from './load-quote.ts'
import { verifyStamp } from './verify-stamp.ts'

const BATCH = 50

/**
 * Looks at stamps again that were seen a day ago: what was taken back without a word to us, or names other posts by now,
 * stands no more (federation rule 214). One that cannot be had for the moment is looked at tomorrow.
 */
export async function recheckQuotes(ctx: Ctx): Promise<void> {
  for (;;) {
    const stale = await staleQuotes(ctx, BATCH)
    for (const { postId } of stale) await recheck(ctx, postId)
    if (stale.length < BATCH) return
  }
}

async function recheck(ctx: Ctx, postId: Id): Promise<void> {
  const quote = await loadQuote(postId)
  if (!quote?.quoted || !quote.stampUri) return
  if (quote.state === 'pending') return checkQuote(ctx, { postId, authorId: quote.quoting.authorId })
  const found = await verifyStamp(ctx, claimOf(quote.quoting, quote.quoted, quote.stampUri))
  if (found === 'gone' || found === 'invalid')
    await changeQuote(ctx, { postId, to: 'revoked', from: ['accepted'] })
}
