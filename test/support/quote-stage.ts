import { Post } from '#core/posts/post.model'
import { Quote } from '#core/posts/quotes/quote.model'
import type { Json } from '#federation/properties'
import { post } from '#test/factories/post'
import type { RemoteActor } from './remote-actor.ts'
import type { StubServer } from './stub-server.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

const everybody = { canQuote: { automaticApproval: [PUBLIC] } }

/** How the quote in a post elsewhere stands; null when there is no such post. */
export async function quoteStateOf(uri: string): Promise<string | null> {
  const found = await Post.findOne({ where: { uri } })
  return found && ((await Quote.findByPk(found.id))?.state ?? 'no quote')
}

let count = 0
/** A name that nothing else in this process has. */
export const nameOf = (name: string): string => `${name}${(count += 1)}`

/** A post of somebody at a stub, who lets everybody quote it once asked. */
export function quotable(stub: StubServer, author: RemoteActor): Promise<Post> {
  const name = author.account.username
  const note = stub.serve(stub.note(name, nameOf('original'), { interactionPolicy: everybody }))
  return post(author.account, {
    uri: String(note.id),
    quotePolicy: { automatic: ['public'], manual: [] },
  })
}

/** What an author says to let one post quote another. */
export const stampBy = (author: RemoteActor, quoting: string, quoted: string, more: Json = {}): Json => ({
  id: `${author.uri}/stamps/${nameOf('')}`,
  type: 'QuoteAuthorization',
  attributedTo: author.uri,
  interactingObject: quoting,
  interactionTarget: quoted,
  ...more,
})
