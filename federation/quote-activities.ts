import { createHash } from 'node:crypto'
import { accountUri, postUri } from '#core/addresses'
import type { Id } from '#platform/ids'
import type { WholePost } from './load-posts.ts'
import { renderPost } from './objects/render-post.ts'
import { stampUri } from './objects/render-quote.ts'
import type { Json } from './properties.ts'
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

/** What was asked of somebody here, as their answer repeats it. */
export type Asked = {
  requestUri: string
  actor: string
  instrument: string
  quotedUri: string
  quotedAuthorId: Id
}

/** Accept with the stamp, or Reject, of a QuoteRequest (wire 10.3); `postId` is that of the post that quotes. */
export function quoteAnswerActivity(asked: Asked, postId: Id | null): Json {
  const actor = accountUri({ id: asked.quotedAuthorId, uri: null })
  const type = postId ? 'Accept' : 'Reject'
  const mark = createHash('sha256').update(asked.requestUri).digest('base64url').slice(0, 22)
  return {
    '@context': stampContext,
    id: `${actor}#${type.toLowerCase()}s/quote_requests/${mark}`,
    type,
    actor,
    to: [asked.actor],
    object: {
      type: 'QuoteRequest',
      id: asked.requestUri,
      actor: asked.actor,
      object: asked.quotedUri,
      instrument: asked.instrument,
    },
    ...(postId ? { result: stampUri(asked.quotedAuthorId, postId) } : {}),
  }
}

type Pair = {
  quoting: { id: Id; authorId: Id; uri: string | null }
  quoted: { id: Id; authorId: Id; uri: string | null }
}

/** The stamp: an author here lets one post quote one of theirs (wire 10.4). */
export const stampDocument = ({ quoting, quoted }: Pair): Json => ({
  '@context': stampContext,
  type: 'QuoteAuthorization',
  id: stampUri(quoted.authorId, quoting.id),
  attributedTo: accountUri({ id: quoted.authorId, uri: null }),
  interactingObject: postUri(quoting),
  interactionTarget: postUri(quoted),
})

/** Delete of a stamp: the author takes back that they may be quoted (wire 10.4). */
export function deleteStampActivity(pair: Pair, to: string[]): Json {
  const { '@context': context, ...stamp } = stampDocument(pair)
  return {
    '@context': context,
    id: `${String(stamp.id)}#delete`,
    type: 'Delete',
    actor: stamp.attributedTo,
    to,
    object: stamp,
  }
}
