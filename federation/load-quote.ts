import { accountUri, postUri } from '#core/addresses'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import type { QuoteState } from '#core/posts/quote.policy'

/** One side of what an author has a say in. */
export type Party = { id: Id; authorId: Id; uri: string | null; authorUri: string | null; visibility: string }

/** A quote with the post that quotes and the quoted one, which is null while it is not here. */
export type WholeQuote = {
  state: QuoteState
  quotedUri: string | null
  stampUri: string | null
  quoting: Party
  quoted: Party | null
}

/** A post and its author as a Party, in SQL. */
export const party = (post: string, author: string): string =>
  `jsonb_build_object('id', ${post}.id::text, 'authorId', ${post}.author_id::text, 'uri', ${post}.uri,
     'authorUri', ${author}.uri, 'visibility', ${post}.visibility)`

/** Loads the quote that a post makes, with its two sides; undefined when it makes none. */
export const loadQuote = (postId: Id): Promise<WholeQuote | undefined> =>
  row<WholeQuote>(
    {},
    `SELECT q.state, q.quoted_uri AS "quotedUri", q.stamp_uri AS "stampUri", ${party('p', 'pa')} AS quoting,
       CASE WHEN o.id IS NOT NULL THEN ${party('o', 'oa')} END AS quoted
     FROM quotes AS q JOIN posts AS p ON p.id = q.post_id JOIN accounts AS pa ON pa.id = p.author_id
       LEFT JOIN posts AS o ON o.id = q.quoted_id LEFT JOIN accounts AS oa ON oa.id = o.author_id
     WHERE q.post_id = $1`,
    [postId],
  )

/** What a stamp of this quote has to say. */
export const claimOf = (quoting: Party, quoted: Party, stampUri: string) => ({
  stampUri,
  author: authorUriOf(quoted),
  quoting: postUri(quoting),
  quoted: postUri(quoted),
})

/** The ActivityPub id of who wrote one side of a quote. */
export const authorUriOf = ({ authorId, authorUri }: Party): string =>
  accountUri({ id: authorId, uri: authorUri })
