import { accountUri, postUri } from '#core/addresses'
import type { WholePost } from '../load-posts.ts'
import type { Json } from '../properties.ts'

/** The stamp of a quote that an author here let pass: its address follows from the two (wire 10.4). */
export const stampUri = (quotedAuthorId: string, quotingId: string): string =>
  `${accountUri({ id: quotedAuthorId, uri: null })}/authorizations/${quotingId}`

/** What a post quotes, in all dialects at once, with the stamp once it was granted (wire 10.1). */
export function renderQuote(post: WholePost): Json {
  const { quote } = post
  if (!quote) return {}
  const uri = postUri(quote)
  const isStamped = quote.state === 'accepted' && quote.authorId !== post.authorId
  const stamp = quote.uri ? quote.stampUri : stampUri(quote.authorId, post.id)
  return {
    quote: uri,
    quoteUrl: uri,
    quoteUri: uri,
    _misskey_quote: uri,
    ...(isStamped && stamp ? { quoteAuthorization: stamp } : {}),
  }
}

/** The quoted post as a link among the tags (FEP-e232). */
export const renderQuoteLink = ({ quote }: WholePost): Json[] =>
  quote
    ? [
        {
          type: 'Link',
          mediaType: 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
          rel: 'https://misskey-hub.net/ns#_misskey_quote',
          href: postUri(quote),
          name: `RE: ${postUri(quote)}`,
        },
      ]
    : []
