import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { moderatorsOf as moderators, pinnedIn } from '#core/groups/group.queries'
import { featuredTags } from '#core/tags/tag.queries'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { announceActivity, createActivity } from './activities.ts'
import { loadPosts } from './load-posts.ts'
import { renderHashtag, renderPost } from './objects/render-post.ts'
import type { Json } from './properties.ts'
import { plainContext, postContext } from './vocabulary.ts'

const PAGE = 40

/** One page of a collection and the cursor of the next, if there are more items. */
type Slice = { items: unknown[]; next?: Id }

/** A collection that is read page by page; page addresses have no query (wire 11.1). */
type Paged = {
  total(account: Account): Promise<number> | number
  isHidden?(account: Account): boolean
  slice(account: Account, before: Id): Promise<Slice>
}

const LAST: Id = '9223372036854775807'

/** The collections of an account, by the last part of their address. */
const paged: Record<string, Paged> = {
  followers: {
    total: (account) => account.followersCount,
    isHidden: (account) => account.hidesCollections,
    slice: (account, before) => people('followed_id', 'follower_id', account.id, before),
  },
  following: {
    total: (account) => account.followingCount,
    isHidden: (account) => account.hidesCollections,
    slice: (account, before) => people('follower_id', 'followed_id', account.id, before),
  },
  outbox: {
    total: (account) => account.postsCount,
    slice: (account, before) => published(account.id, before),
  },
}

/**
 * A collection of an account, or one page of it: `cursor` is undefined for the collection itself, `first` or an id
 * for a page. Gives undefined for a name that is no collection.
 */
export async function collectionDocument(
  account: Account,
  name: string,
  cursor?: string,
): Promise<Json | undefined> {
  if (name === 'featured') return account.kind === 'group' ? featuredIn(account) : featured(account)
  if (name === 'moderators' && account.kind === 'group') return moderatorsOf(account)
  if (name === 'featured-tags') return featuredTagsOf(account)
  const collection = Object.hasOwn(paged, name) ? paged[name] : undefined
  if (!collection) return undefined
  const id = `${accountUri(account)}/${name}`
  const totalItems = await collection.total(account)
  if (collection.isHidden?.(account))
    return { '@context': plainContext, id, type: 'OrderedCollection', totalItems }
  if (cursor === undefined) {
    return { '@context': plainContext, id, type: 'OrderedCollection', totalItems, first: `${id}/page/first` }
  }
  const { items, next } = await collection.slice(account, cursor === 'first' ? LAST : cursor)
  return {
    '@context': name === 'outbox' ? postContext : plainContext,
    id: `${id}/page/${cursor}`,
    type: 'OrderedCollectionPage',
    partOf: id,
    totalItems,
    ...(next ? { next: `${id}/page/${next}` } : {}),
    orderedItems: items,
  }
}

async function people(
  whose: 'followed_id' | 'follower_id',
  which: 'followed_id' | 'follower_id',
  accountId: Id,
  before: Id,
): Promise<Slice> {
  const found = await rows<{ followId: Id; id: Id; uri: string | null; kind: string }>(
    {},
    `SELECT f.id AS "followId", a.id, a.uri, a.kind FROM follows AS f JOIN accounts AS a ON a.id = f.${which}
     WHERE f.${whose} = $1 AND f.state = 'accepted' AND f.id < $2 ORDER BY f.id DESC LIMIT ${PAGE}`,
    [accountId, before],
  )
  const next = found.length === PAGE ? found.at(-1)!.followId : undefined
  return { items: found.map(accountUri), ...(next ? { next } : {}) }
}

/** The followers whose ids are of one host, as `follower_digests` counts them (FEP-8fcf, wire 13.1). */
export async function partialFollowers(account: Account, host: string): Promise<Json> {
  const found = await rows<{ uri: string }>(
    {},
    `SELECT a.uri FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
     WHERE f.followed_id = $1 AND f.state = 'accepted' AND lower(split_part(a.uri, '/', 3)) = $2 ORDER BY f.id`,
    [account.id, host],
  )
  const id = `${accountUri(account)}/followers_synchronization`
  return {
    '@context': plainContext,
    id,
    type: 'OrderedCollection',
    orderedItems: found.map(({ uri }) => uri),
  }
}

/** Public and unlisted posts and boosts as activities, newest first (wire 11.5). */
async function published(accountId: Id, before: Id): Promise<Slice> {
  const ids = await rows<{ id: Id }>(
    {},
    `SELECT id FROM posts WHERE author_id = $1 AND visibility IN ('public', 'unlisted') AND id < $2 ORDER BY id DESC LIMIT ${PAGE}`,
    [accountId, before],
  )
  const posts = new Map((await loadPosts(ids.map(({ id }) => id))).map((post) => [post.id, post]))
  const items = ids.flatMap(({ id }) => {
    const post = posts.get(id)
    if (!post) return []
    const { '@context': _, ...item } = post.boostOf ? announceActivity(post) : createActivity(post)
    return [item]
  })
  return { items, ...(ids.length === PAGE ? { next: ids.at(-1)!.id } : {}) }
}

/** Pinned public posts as full objects (wire 18.3). */
async function featured(account: Account): Promise<Json> {
  const ids = await rows<{ id: Id }>(
    {},
    `SELECT id FROM posts WHERE author_id = $1 AND pinned_at IS NOT NULL AND visibility IN ('public', 'unlisted') ORDER BY pinned_at DESC`,
    [account.id],
  )
  return pinned(account, ids)
}

/** What moderators pinned in a group: the posts of others by their ids. */
async function featuredIn(account: Account): Promise<Json> {
  return pinned(account, await pinnedIn({}, account.id))
}

async function pinned(account: Account, ids: readonly { id: Id }[]): Promise<Json> {
  const order = ids.map(({ id }) => id)
  const posts = (await loadPosts(order)).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const id = `${accountUri(account)}/featured`
  return {
    '@context': postContext,
    id,
    type: 'OrderedCollection',
    totalItems: posts.length,
    orderedItems: posts.map((post) => post.uri ?? renderPost(post)),
  }
}

/** Who moderates a group, the owner first (wire 5.3, feature groups-10). */
async function moderatorsOf(account: Account): Promise<Json> {
  const items = (await moderators({}, account.id)).map(accountUri)
  const id = `${accountUri(account)}/moderators`
  return {
    '@context': plainContext,
    id,
    type: 'OrderedCollection',
    totalItems: items.length,
    orderedItems: items,
  }
}

/** The hashtags on the profile (wire 5.1). */
async function featuredTagsOf(account: Account): Promise<Json> {
  const items = (await featuredTags({}, account.id)).map(renderHashtag)
  const id = `${accountUri(account)}/featured-tags`
  return { '@context': postContext, id, type: 'Collection', totalItems: items.length, items }
}

/** The public replies to a post, or a page of them from the reply after `cursor` on (wire 11.2). */
export async function repliesDocument(
  post: { id: Id; authorId: Id; uri: string | null; repliesCount: number },
  cursor?: Id,
): Promise<Json> {
  const id = `${postUri(post)}/replies`
  if (cursor === undefined)
    return {
      '@context': plainContext,
      id,
      type: 'Collection',
      totalItems: post.repliesCount,
      first: `${id}/page/0`,
    }
  const found = await rows<{ id: Id; authorId: Id; uri: string | null }>(
    {},
    `SELECT p.id, p.author_id AS "authorId", p.uri FROM posts AS p
     WHERE p.reply_to_id = $1 AND p.id > $2 AND p.visibility IN ('public', 'unlisted')
       AND (SELECT true FROM refused_replies AS rr WHERE rr.post_id = p.id) IS NULL
       AND (p.author_id = $3 OR (SELECT a.silenced_at IS NULL AND a.suspended_at IS NULL FROM accounts AS a
         WHERE a.id = p.author_id))
     ORDER BY p.id LIMIT ${PAGE}`,
    [post.id, cursor, post.authorId],
  )
  const next = found.length === PAGE ? found.at(-1)!.id : undefined
  return {
    '@context': plainContext,
    id: `${id}/page/${cursor}`,
    type: 'CollectionPage',
    partOf: id,
    ...(next ? { next: `${id}/page/${next}` } : {}),
    items: found.map(postUri),
  }
}
