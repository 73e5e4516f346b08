import { accountUri, postUri } from '#core/addresses'
import type { Id } from '#platform/ids'
import type { WholePost } from './load-posts.ts'
import { renderPost } from './objects/render-post.ts'
import { stampUri } from './objects/render-quote.ts'
import type { Json } from './properties.ts'
import type { Stamp } from './stamps.ts'
import { postContext, stampContext } from './vocabulary.ts'

/** The id of the request to let a post of ours quote another. */
export const requestUri = (post: { id: Id; authorId: Id }): string =>
  `${accountUri({ id: post.authorId, uri: null })}/quote_requests/${post.id}`

/** QuoteRequest: asks the author of the quoted post, with the post that quotes in it whole (wire 10.2). */
export const quoteRequestActivity = (post: WholePost, quotedUri: string, quotedAuthor: string): Json => ({
  '@context': [...postContext, ...stampContext.slice(1)],
  id: requestUri(post),
  type: 'QuoteRequest',
  actor: accountUri({ id: post.authorId, uri: null }),
  object: quotedUri,
  instrument: renderPost(post),
  to: [quotedAuthor],
})

type Pair = {
  quoting: { id: Id; authorId: Id; uri: string | null }
  quoted: { id: Id; authorId: Id; uri: string | null }
}

/** The stamp of a quote: an author here lets one post quote one of theirs (wire 10.4). */
export const quoteStamp = ({ quoting, quoted }: Pair): Stamp => ({
  type: 'QuoteAuthorization',
  id: stampUri(quoted.authorId, quoting.id),
  authorId: quoted.authorId,
  interacting: postUri(quoting),
  target: postUri(quoted),
})
