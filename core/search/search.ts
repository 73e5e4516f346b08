import { searchAccounts } from '../accounts/search-accounts.ts'
import type { Ctx } from '../ctx.ts'
import { findPost } from '../posts/find-post.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { findPosts } from './find-posts.ts'
import type { Narrowing } from './read-query.ts'
import { type FoundHashtag, searchHashtags } from './search-hashtags.ts'

export type SearchKind = 'accounts' | 'statuses' | 'hashtags'

export type Search = {
  query: string
  /** Only this kind; everything when absent. */
  kind?: SearchKind | undefined
  limit: number
  offset: number
  /** Ask other servers for an address or a handle that is not known here. */
  resolve: boolean
  following: boolean
  /** Which posts (SRCH-06). */
  narrowing?: Narrowing
  /** Only hashtags that staff has looked at (SRCH-06). */
  onlyReviewed?: boolean
}

/** What was found: ids of accounts and posts, and hashtags. */
export type Found = { accountIds: Id[]; postIds: Id[]; hashtags: FoundHashtag[] }

const nothing: Found = { accountIds: [], postIds: [], hashtags: [] }

/**
 * Finds accounts and hashtags by their names, posts by what they say, and whatever an address names (SRCH-02, SRCH-04,
 * SRCH-07). A text that is an address is never searched for as text (TRIP-26); what cannot be had there is an empty
 * answer, not an error. Throws Invalid for a query that cannot be read.
 */
export async function search(ctx: Ctx, asked: Search): Promise<Found> {
  const query = asked.query.trim()
  if (/^https?:\/\//i.test(query)) return asked.resolve ? only(asked.kind, await findAt(ctx, query)) : nothing
  const wants = (kind: SearchKind) => asked.limit > 0 && (asked.kind ?? kind) === kind
  const isTag = query.startsWith('#')
  const isHandle = query.startsWith('@')
  const { limit, offset, resolve, following, narrowing, onlyReviewed = false } = asked
  const [accountIds, postIds, hashtags] = await Promise.all([
    wants('accounts') && !isTag ? searchAccounts(ctx, { query, limit, offset, resolve, following }) : [],
    wants('statuses') ? findPosts(ctx, { query, limit, offset, ...narrowing }) : [],
    wants('hashtags') && !isHandle ? searchHashtags(ctx, { query, limit, offset, onlyReviewed }) : [],
  ])
  return { accountIds, postIds, hashtags }
}

async function findAt(ctx: Ctx, url: string): Promise<Found> {
  const found = await ctx.remote.findAt(ctx, url)
  if (!found) return nothing
  if ('accountId' in found) return { ...nothing, accountIds: [found.accountId] }
  // A private object is given only to those who may see it (federation rule 114).
  const post = await findPost(ctx, found.postId).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
  return post ? { ...nothing, postIds: [post.id] } : nothing
}

const only = (kind: SearchKind | undefined, found: Found): Found => ({
  accountIds: (kind ?? 'accounts') === 'accounts' ? found.accountIds : [],
  postIds: (kind ?? 'statuses') === 'statuses' ? found.postIds : [],
  hashtags: [],
})
