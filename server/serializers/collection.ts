import { collectionUri, collectionUrl, hashtagUrl } from '#core/addresses'
import { type CollectionCard, collectionCards, type ItemCard } from '#core/collections/collection.queries'
import type { CollectionItem } from '#core/collections/collection-item.model'
import type { Ctx } from '#core/ctx'
import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { accountsJsonById } from './account.ts'

export type CollectionJson = ReturnType<typeof collectionJson>

/** An account in a collection (COLL-02). */
export const collectionItemJson = ({ id, state, accountId, createdAt }: ItemCard) => ({
  id,
  state,
  created_at: new Date(createdAt).toISOString(),
  account_id: accountId,
})

/** An account that was just put in. */
export const addedItemJson = ({ id, state, accountId, createdAt }: CollectionItem) => ({
  id,
  state,
  created_at: createdAt.toISOString(),
  account_id: accountId,
})

/** A collection as its viewer finds it. */
export const collectionJson = (card: CollectionCard) => ({
  id: card.id,
  uri: collectionUri(card),
  name: card.name,
  description: card.description,
  language: card.language,
  account_id: card.ownerId,
  local: true,
  sensitive: card.isSensitive,
  discoverable: card.isDiscoverable,
  url: collectionUrl(card),
  item_count: card.items.filter(({ state }) => state === 'accepted').length,
  created_at: card.createdAt.toISOString(),
  updated_at: card.updatedAt.toISOString(),
  tag: card.tagName
    ? { name: card.tagName, url: hashtagUrl(normalizeHashtag(card.tagName) ?? card.tagName) }
    : null,
  items: card.items.map(collectionItemJson),
})

/** One collection alone. Throws NotFound when the actor may not read it. */
export async function oneCollectionJson(ctx: Ctx, id: Id): Promise<CollectionJson> {
  const [card] = await collectionCards(ctx, [id])
  if (!card) throw new NotFound()
  return collectionJson(card)
}

/** The collections that are linked to in texts, by id, as far as the actor may read them; no query when there are none. */
export const collectionsJsonById = async (ctx: Ctx, ids: readonly Id[]) =>
  new Map((await collectionCards(ctx, [...new Set(ids)])).map((card) => [card.id, collectionJson(card)]))

/** A collection with its owner and those in it, the owner first (COLL-02). Three queries at most. Throws NotFound. */
export async function collectionWithAccountsJson(ctx: Ctx, id: Id) {
  const collection = await oneCollectionJson(ctx, id)
  const ids = [collection.account_id, ...collection.items.map((item) => item.account_id)]
  const accounts = await accountsJsonById(ctx, ids)
  return { collection, accounts: [...new Set(ids)].flatMap((each) => accounts.get(each) ?? []) }
}
