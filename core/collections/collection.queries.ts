import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { welcome } from '../relationships/relationship.queries.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** An account in a collection; its time is a text, as JSON has it. */
export type ItemCard = { id: Id; state: 'pending' | 'accepted'; accountId: Id; createdAt: string }

/** A collection as one viewer finds it. */
export type CollectionCard = {
  id: Id
  ownerId: Id
  name: string
  description: string
  language: string | null
  isSensitive: boolean
  isDiscoverable: boolean
  tagName: string | null
  createdAt: Date
  updatedAt: Date
  items: ItemCard[]
}

// Pending ones are for the owner alone; who of viewer and account blocks the other does not meet them (COLL-04).
const items = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id::text, 'state', i.state,
    'accountId', i.account_id::text, 'createdAt', i.created_at) ORDER BY i.id) FROM collection_items AS i
  WHERE i.collection_id = c.id AND (i.state = 'accepted' OR (i.state = 'pending' AND c.owner_id = $1))
    AND ${welcome('i.account_id', '$1::bigint')}), '[]') AS items`

const cards = `SELECT c.id, c.owner_id AS "ownerId", c.name, c.description, c.language,
    c.is_sensitive AS "isSensitive", c.is_discoverable AS "isDiscoverable", c.tag_name AS "tagName",
    c.created_at AS "createdAt", c.updated_at AS "updatedAt", ${items}
  FROM collections AS c`

const isOpen = `(c.owner_id = $1 OR (${welcome('c.owner_id', '$1::bigint')}))`

type Part = { limit: number; offset: number }

const viewerOf = (ctx: Ctx): Id => accountIdOf(ctx.actor) ?? '0'
/** Nobody has that many. */
const DEEPEST = 1000

/** The collections of an account, the newest first; of others only those that may be found (COLL-05). One query. */
export const collectionsOf = (ctx: Ctx, ownerId: Id, { limit, offset }: Part): Promise<CollectionCard[]> =>
  rows(
    ctx,
    `${cards} WHERE c.owner_id = $2 AND (c.is_discoverable OR c.owner_id = $1) AND ${isOpen}
     ORDER BY c.id DESC LIMIT $3::int OFFSET $4::int`,
    [viewerOf(ctx), ownerId, limit, Math.min(offset, DEEPEST)],
  )

/** The collections that an account is in, the newest first (COLL-06). One query. */
export const collectionsWith = (
  ctx: Ctx,
  accountId: Id,
  { limit, offset }: Part,
): Promise<CollectionCard[]> =>
  rows(
    ctx,
    `${cards} JOIN collection_items AS mine ON mine.collection_id = c.id
     WHERE mine.account_id = $2 AND mine.state = 'accepted' AND ${isOpen}
     ORDER BY mine.collection_id DESC LIMIT $3::int OFFSET $4::int`,
    [viewerOf(ctx), accountId, limit, Math.min(offset, DEEPEST)],
  )

/** Those of these collections that the actor may read, in no order (COLL-05). One query. */
export const collectionCards = async (ctx: Ctx, ids: readonly Id[]): Promise<CollectionCard[]> =>
  ids.length === 0
    ? []
    : rows(ctx, `${cards} WHERE c.id = ANY ($2::bigint[]) AND ${isOpen}`, [viewerOf(ctx), ids])
