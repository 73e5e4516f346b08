import { accountUri } from '#core/addresses'
import type { Id } from '#platform/ids'
import type { WholePost } from './load-posts.ts'
import { PUBLIC } from './vocabulary.ts'

/** Where an activity or object is addressed; `audience` is the group that it is in. */
export type Audience = { to: string[]; cc: string[]; audience?: string }

export const followersOf = (authorId: Id): string => `${accountUri({ id: authorId, uri: null })}/followers`

/**
 * To whom a post is addressed, by its visibility and the people it names (wire 6.1). What everybody may see is in the first
 * group that it names (wire 9, feature groups-06).
 */
export function audienceOf(post: Pick<WholePost, 'authorId' | 'visibility' | 'mentions'>): Audience {
  const isOpen = post.visibility === 'public' || post.visibility === 'unlisted'
  const group = isOpen ? post.mentions.find(({ kind }) => kind === 'group') : undefined
  const people = post.mentions.filter((each) => each !== group).map(accountUri)
  const inGroup = group ? [accountUri(group)] : []
  const audience = group ? { audience: accountUri(group) } : {}
  const followers = followersOf(post.authorId)
  switch (post.visibility) {
    case 'public':
      return { to: [PUBLIC, ...inGroup], cc: [followers, ...people], ...audience }
    case 'unlisted':
      return { to: [followers, ...inGroup], cc: [PUBLIC, ...people], ...audience }
    case 'private':
      return { to: [followers], cc: people }
    case 'direct':
      return { to: people, cc: [] }
  }
}
