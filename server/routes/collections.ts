import type { z } from 'zod'
import { addToCollection } from '#core/collections/add-to-collection'
import { createCollection } from '#core/collections/create-collection'
import { deleteCollection } from '#core/collections/delete-collection'
import { editCollection } from '#core/collections/edit-collection'
import { removeFromCollection } from '#core/collections/remove-from-collection'
import { revokeItem } from '#core/collections/revoke-item'
import { Invalid } from '#platform/errors'
import { Answer } from '../answers.ts'
import {
  changedCollection,
  newCollection,
  newItem,
  oneCollection,
  oneItem,
  textsOf,
} from '../input/collection.ts'
import { type Handler, routes } from '../routes.ts'
import { addedItemJson, collectionWithAccountsJson, oneCollectionJson } from '../serializers/collection.ts'

// Apps that are older than the release of collections ask under another name, and get the same (COLL-08).
const versions = [
  ['/v1', {}],
  ['/v1_alpha', { deprecated: 1_781_049_600 }],
] as const

/** What is wrong is an object below `error` here (ERR-15). */
const nested =
  <I>(handler: Handler<I>): Handler<I> =>
  async (ctx, input, call) => {
    try {
      return await handler(ctx, input, call)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return new Answer(422, { error: { error: error.message, details: error.details ?? {} } })
    }
  }

const nothing = new Answer(200, undefined)

const create: Handler<z.output<typeof newCollection>> = async (ctx, input) => {
  const made = await createCollection(ctx, { ...textsOf(input), accountIds: input.account_ids })
  return { collection: await oneCollectionJson(ctx, made.id) }
}

const update: Handler<z.output<typeof changedCollection>> = async (ctx, { id, ...input }) => {
  await editCollection(ctx, { id, ...textsOf(input) })
  return { collection: await oneCollectionJson(ctx, id) }
}

const add: Handler<z.output<typeof newItem>> = async (ctx, { collection_id: id, account_id: accountId }) => {
  if (!accountId) throw new Invalid("Validation failed: Account can't be blank", {})
  return { collection_item: addedItemJson(await addToCollection(ctx, { id, accountId })) }
}

/** Accounts that members recommend together (COLL-01 to COLL-08). */
export default routes('/api', (r) => {
  for (const [version, old] of versions) {
    const write = { scopes: ['write:collections'], ...old }
    const path = `${version}/collections`
    const changing = nested(update)
    const change = { ...write, input: changedCollection, answers: 'WrappedCollection' }
    r.post(path, { ...write, input: newCollection, answers: 'WrappedCollection' }, nested(create))
    r.get(
      `${path}/:id`,
      {
        access: 'optional',
        scopes: ['read:collections'],
        ...old,
        input: oneCollection,
        answers: 'CollectionWithAccounts',
      },
      (ctx, { id }) => collectionWithAccountsJson(ctx, id),
    )
    r.patch(`${path}/:id`, change, changing)
    r.put(`${path}/:id`, change, changing)
    r.delete(`${path}/:id`, { ...write, input: oneCollection, answers: 'NoBody' }, async (ctx, { id }) => {
      await deleteCollection(ctx, { id })
      return nothing
    })
    r.post(
      `${path}/:collection_id/items`,
      { ...write, input: newItem, answers: 'WrappedCollectionItem' },
      nested(add),
    )
    r.delete(
      `${path}/:collection_id/items/:id`,
      { ...write, input: oneItem, answers: 'NoBody' },
      async (ctx, { collection_id: id, id: itemId }) => {
        await removeFromCollection(ctx, { id, itemId })
        return nothing
      },
    )
    r.post(
      `${path}/:collection_id/items/:id/revoke`,
      { ...write, input: oneItem, answers: 'NoBody' },
      async (ctx, { collection_id: id, id: itemId }) => {
        await revokeItem(ctx, { id, itemId })
        return nothing
      },
    )
  }
})
