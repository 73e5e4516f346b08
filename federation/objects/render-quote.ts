import { accountUri, postUri } from '#core/addresses'
import { followersOf } from '../audience.ts'
import type { WholePost } from '../load-posts.ts'
import type { Json } from '../properties.ts'
import { PUBLIC } from '../vocabulary.ts'

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

/** Who may do what with a post (wire 10.5). Nobody is written as the author alone. */
export function renderPolicy(post: WholePost): Json {
  const self = accountUri({ id: post.authorId, uri: null })
  const isOpen = post.visibility === 'public' || post.visibility === 'unlisted'
  const readers = [
    ...(post.visibility === 'direct' ? [] : [followersOf(post.authorId)]),
    ...post.mentions.map(accountUri),
  ]
  const everybody = allows(isOpen ? [PUBLIC] : readers, self)
  const words: Record<string, string> = { public: PUBLIC, followers: followersOf(post.authorId) }
  const quoters = (post.quoteAutomatic ?? []).flatMap((audience) => words[audience] ?? [])
  return {
    canQuote: allows(quoters, self),
    canReply: everybody,
    canLike: everybody,
    canAnnounce: allows(isOpen ? [PUBLIC] : [], self),
  }
}

// GoToSocial before 0.20 reads the two older names alone, and takes a policy without them for nobody at all.
const allows = (who: string[], self: string): Json => {
  const automatic = who.length > 0 ? who : [self]
  return { automaticApproval: automatic, manualApproval: [], always: automatic, approvalRequired: [] }
}
