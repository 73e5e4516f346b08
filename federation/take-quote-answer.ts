import type { Ctx } from '#core/ctx'
import { isOurs } from '#core/addresses'
import { changeQuote } from '#core/posts/quotes/change-quote'
import { keepStamp } from '#core/posts/quotes/keep-stamp'
import type { Id } from '#platform/ids'
import { Retry } from '#platform/outcomes'
import { claimOf, loadQuote } from './load-quote.ts'
import { idOf } from './properties.ts'
import { verifyStamp } from './verify-stamp.ts'

/** The post of ours that an answer to a QuoteRequest is about; undefined when it answers something else. */
export function answeredQuote(object: unknown): Id | undefined {
  const id = idOf(object)
  return id && isOurs(id) ? /\/quote_requests\/([1-9]\d{0,18})$/.exec(id)?.[1] : undefined
}

type Answer = { postId: Id; actorId: Id; isAccepted: boolean; stampUri: string | undefined }

/**
 * Takes what the author of a quoted post answers; nobody else's word counts (federation rule 216). A yes is as good as its
 * stamp (rule 212); while that cannot be had, the answer waits.
 */
export async function takeQuoteAnswer(ctx: Ctx, answer: Answer): Promise<void> {
  const { postId, actorId, isAccepted, stampUri } = answer
  const quote = await loadQuote(postId)
  if (!quote?.quoted || quote.quoting.uri !== null || quote.quoted.authorId !== actorId) return
  if (!isAccepted) {
    await changeQuote(ctx, { postId, to: 'rejected', from: ['pending', 'accepted'] })
    return
  }
  if (!stampUri) return
  const found = await verifyStamp(ctx, claimOf(quote.quoting, quote.quoted, stampUri))
  if (found === 'unreachable') throw new Retry('the stamp of a quote cannot be fetched')
  if (found === 'valid') await stamp(ctx, postId, stampUri)
}

// One that was shown without a stamp, as nothing was known of any, has one now.
async function stamp(ctx: Ctx, postId: Id, stampUri: string): Promise<void> {
  const isNew = await changeQuote(ctx, { postId, to: 'accepted', from: ['pending', 'rejected'], stampUri })
  if (!isNew) await keepStamp(ctx, { postId, stampUri })
}
