import { instance } from '#config/instance'
import type { Id } from '#platform/ids'

type Named = { id: Id; username: string; uri: string | null; url: string | null }
type Placed = { id: Id; uri: string | null; url: string | null }

const { origin } = instance

/** The ActivityPub id of the instance itself (wire 5.2). */
export const instanceActorUri = `${origin}/actor`

/** The ActivityPub id of an account; the instance itself is the one application here (wire 5.2). */
export const accountUri = (account: Pick<Named, 'id' | 'uri'> & { kind?: string | undefined }): string =>
  account.uri ?? (account.kind === 'application' ? instanceActorUri : `${origin}/users/${account.id}`)

/** The page of an account. */
export const accountUrl = (account: Named): string =>
  account.uri ? (account.url ?? account.uri) : `${origin}/@${account.username}`

/** The ActivityPub id of a post by `authorId`. */
export const postUri = (post: Pick<Placed, 'id' | 'uri'> & { authorId: Id }): string =>
  post.uri ?? `${origin}/users/${post.authorId}/posts/${post.id}`

/** The page of a post, or null when its server names none (STAT-03). */
export const postUrl = (post: Placed, author: Named): string | null =>
  post.uri ? (post.url ?? post.uri) : `${accountUrl(author)}/${post.id}`

/** The page of a hashtag. */
export const hashtagUrl = (name: string): string => `${origin}/tags/${encodeURIComponent(name)}`

/** The ActivityPub id that a collection of a member would have; other servers are not told of collections. */
export const collectionUri = ({ id, ownerId }: { id: Id; ownerId: Id }): string =>
  `${origin}/users/${ownerId}/collections/${id}`

/** The page of a collection. */
export const collectionUrl = ({ id }: { id: Id }): string => `${origin}/collections/${id}`

/** The collections that a text of HTML links to, each once (COLL-07). */
export const linkedCollections = (html: string): Id[] => [
  ...new Set([...html.matchAll(collectionLink)].map(([, id]) => String(id))),
]
const collectionLink = new RegExp(`href="${RegExp.escape(origin)}/collections/([1-9]\\d{0,17})"`, 'g')

/** Is this an address of this instance? Such are looked up here and never fetched (federation rule 85). */
export const isOurs = (url: string): boolean => URL.parse(url)?.origin === origin

/** What an address of this instance names: an account by id or username, a post by id; undefined for other addresses. */
export function parseOurs(
  url: string,
): { accountId: Id } | { username: string } | { postId: Id } | undefined {
  if (!isOurs(url)) return undefined
  const path = new URL(url).pathname
  const post = /^\/users\/\d+\/posts\/(\d+)$/.exec(path) ?? /^\/@[\w.-]+\/(\d+)$/.exec(path)
  if (post?.[1]) return { postId: post[1] }
  const account = /^\/users\/(\d+)$/.exec(path)
  if (account?.[1]) return { accountId: account[1] }
  const page = /^\/@([\w.-]+)$/.exec(path)
  return page?.[1] ? { username: page[1] } : undefined
}
