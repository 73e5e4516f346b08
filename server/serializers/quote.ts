import type { PostState, SeenQuote } from '#core/posts/post.queries'
import { type SeenState, settledStanding } from '#core/posts/quote.policy'
import type { Id } from '#platform/ids'

/** A quote with what is quoted, or inside of what is quoted itself with its id alone (QUOTE-07). */
export type QuoteJson<S> =
  | { state: SeenState; quoted_status: S | null }
  | { state: SeenState; quoted_status_id: Id | null }

const shown = new Set<SeenState>(['accepted', 'blocked_account', 'blocked_domain', 'muted_account'])

/** The id of what is quoted, when the viewer is shown it. */
export const shownQuote = ({ quote }: PostState): Id | null =>
  quote && shown.has(quote.state) ? quote.quotedId : null

/** A quote with the quoted post as `find` renders it; one that cannot be rendered is one of something deleted. */
export function quoteJson<S>(quote: SeenQuote, find: (id: Id) => S | undefined): QuoteJson<S> {
  if (!quote.quotedId || !shown.has(quote.state)) return { state: quote.state, quoted_status: null }
  const quoted = find(quote.quotedId)
  return quoted ? { state: quote.state, quoted_status: quoted } : { state: 'deleted', quoted_status: null }
}

/** A quote inside of a quoted post. */
export const shallowQuoteJson = (state: PostState): QuoteJson<never> | null =>
  state.quote && { state: state.quote.state, quoted_status_id: shownQuote(state) }

type QuoteNames<S> = {
  quote_id: Id | null
  pleroma: { quote?: S | null; quote_id?: Id; quote_url?: string | null }
}

/** What apps of other families read about a quote (client extensions 4.3). */
export function quoteNamesJson<S extends { url: string | null }>(
  state: PostState,
  quote: QuoteJson<S> | null,
): QuoteNames<S> {
  const quotedId = shownQuote(state)
  const whole = quote && 'quoted_status' in quote ? quote.quoted_status : null
  if (!quotedId) return { quote_id: null, pleroma: {} }
  const url = state.quote?.url ?? whole?.url ?? null
  return { quote_id: quotedId, pleroma: { quote: whole, quote_id: quotedId, quote_url: url } }
}

/** Who may quote a post, and whether the viewer may (QUOTE-02). */
export function quoteApprovalJson({ quoteAutomatic, quoteManual, quoteStanding }: PostState) {
  const isUnsaid = quoteStanding === 'unsaid' && settledStanding('unsaid') === 'automatic'
  return {
    automatic: quoteAutomatic ?? (isUnsaid ? ['public'] : []),
    manual: quoteManual ?? [],
    current_user: settledStanding(quoteStanding),
  }
}

/** The quoted posts that are shown in a post. */
export const quotedIn = <S>({ quote }: { quote: QuoteJson<S> | null }): S[] =>
  quote && 'quoted_status' in quote && quote.quoted_status ? [quote.quoted_status] : []
