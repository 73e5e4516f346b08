import { z } from 'zod'
import type { CollectionTexts } from '#core/collections/collection.policy'
import { bool, id, ids, limit, maybeId, number, text } from '../input.ts'

const typed = {
  name: text(),
  description: text(),
  language: text(),
  tag_name: text(),
  sensitive: bool(),
  discoverable: bool(),
}

export const newCollection = z.looseObject({ ...typed, account_ids: ids() })
export const changedCollection = z.looseObject({ id: id(), ...typed })
export const oneCollection = z.looseObject({ id: id() })
export const newItem = z.looseObject({ collection_id: id(), account_id: maybeId() })
export const oneItem = z.looseObject({ collection_id: id(), id: id() })
export const collectionPage = z.looseObject({
  account_id: id(),
  limit: limit(40, 100),
  offset: number().transform((value) => Math.max(0, Math.trunc(value ?? 0) || 0)),
})
/** The lists that oneself is in come in smaller pages (PAGE-24). */
export const withinPage = collectionPage.extend({ limit: limit(40, 80) })

type Typed = z.output<z.ZodObject<typeof typed>>

/** What was typed of a collection, in the words of the core. */
export const textsOf = (input: Typed): CollectionTexts => ({
  name: input.name,
  description: input.description,
  language: input.language,
  tagName: input.tag_name,
  isSensitive: input.sensitive,
  isDiscoverable: input.discoverable,
})
