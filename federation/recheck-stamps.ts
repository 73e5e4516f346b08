import { refuseRequest } from '#core/approvals/refuse-request'
import type { Ctx } from '#core/ctx'
import { changeQuote } from '#core/posts/quotes/change-quote'
import { type Stamped, staleStamps } from '#core/posts/stale-stamps'
import type { Id } from '#platform/ids'
import { checkQuote } from './check-quote.ts'
import { claimOfApproval, loadApproval } from './load-approval.ts'
import { claimOf, loadQuote } from './load-quote.ts'
import { type StampClaim, verifyStamp } from './verify-stamp.ts'

const BATCH = 50

/**
 * Looks at stamps again that were seen a day ago: what was taken back without a word to us, or names other posts by now,
 * stands no more (federation rule 214). One that cannot be had for the moment is looked at tomorrow.
 */
export async function recheckStamps(ctx: Ctx): Promise<void> {
  for (const [place, recheck] of rechecks) {
    for (;;) {
      const stale = await staleStamps(ctx, place, BATCH)
      for (const { id } of stale) await recheck(ctx, id)
      if (stale.length < BATCH) break
    }
  }
}

const rechecks: [Stamped, (ctx: Ctx, id: Id) => Promise<unknown>][] = [
  ['quotes', recheckQuote],
  ['interaction_requests', recheckApproval],
]

async function recheckQuote(ctx: Ctx, postId: Id): Promise<void> {
  const quote = await loadQuote(postId)
  if (!quote?.quoted || !quote.stampUri) return
  if (quote.state === 'pending') return checkQuote(ctx, { postId, authorId: quote.quoting.authorId })
  if (await isOver(ctx, claimOf(quote.quoting, quote.quoted, quote.stampUri)))
    await changeQuote(ctx, { postId, to: 'revoked', from: ['accepted'] })
}

async function recheckApproval(ctx: Ctx, requestId: Id): Promise<void> {
  const approval = await loadApproval(requestId)
  if (approval?.stampUri && (await isOver(ctx, claimOfApproval(approval, approval.stampUri))))
    await refuseRequest(ctx, { requestId })
}

const isOver = async (ctx: Ctx, claim: StampClaim): Promise<boolean> =>
  ['gone', 'invalid'].includes(await verifyStamp(ctx, claim))
