import { accountUri } from '#core/addresses'
import type { Id } from '#platform/ids'
import type { WholePost } from './load-posts.ts'
import { PUBLIC } from './vocabulary.ts'

/** Where an activity or object is addressed. */
export type Audience = { to: string[]; cc: string[] }

export const followersOf = (authorId: Id): string => `${accountUri({ id: authorId, uri: null })}/followers`

/** To whom a post is addressed, by its visibility and the people it names (wire 6.1). */
export function audienceOf(post: Pick<WholePost, 'authorId' | 'visibility' | 'mentions'>): Audience {
  const people = post.mentions.map(accountUri)
  const followers = followersOf(post.authorId)
  switch (post.visibility) {
    case 'public':
      return { to: [PUBLIC], cc: [followers, ...people] }
    case 'unlisted':
      return { to: [followers], cc: [PUBLIC, ...people] }
    case 'private':
      return { to: [followers], cc: people }
    case 'direct':
      return { to: people, cc: [] }
  }
}
