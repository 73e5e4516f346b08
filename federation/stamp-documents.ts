import { isId } from '#platform/ids'
import { kindAt } from './interaction-kinds.ts'
import { approvalStamp, loadApproval } from './load-approval.ts'
import { loadQuote, type Party } from './load-quote.ts'
import { quoteStamp } from './quote-activities.ts'
import type { Stamp } from './stamps.ts'

/** A stamp by its address below its author's; taken back, it is gone. */
export type KeptStamp = { stamp: Stamp; target: Party; state: 'standing' | 'withdrawn' | 'none' }

/** What lies at an address of stamps: those of quotes by the post that quotes, all others below what they are about. */
export async function stampAt([part, id]: readonly string[]): Promise<KeptStamp | undefined> {
  const kind = kindAt(part)
  if (kind) {
    const found = isId(id) ? await loadApproval(id) : undefined
    if (found?.kind !== kind) return undefined
    const state = found.state === 'accepted' ? 'standing' : 'none'
    return { stamp: approvalStamp(found), target: found.target, state }
  }
  const quote = isId(part) ? await loadQuote(part) : undefined
  if (!quote?.quoted) return undefined
  const { quoting, quoted, state } = quote
  const stands = state === 'accepted' ? 'standing' : state === 'revoked' ? 'withdrawn' : 'none'
  return { stamp: quoteStamp({ quoting, quoted }), target: quoted, state: stands }
}
