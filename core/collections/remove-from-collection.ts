import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { CollectionItem } from './collection-item.model.ts'
import { findOwnCollection } from './find-own-collection.ts'

/** Takes an account out of a collection of the actor. Throws NotFound, Forbidden. */
export const removeFromCollection = (ctx: Ctx, { id, itemId }: { id: Id; itemId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findOwnCollection(ctx, { id })
    const where = { id: itemId, collectionId: id, state: ['pending' as const, 'accepted' as const] }
    const item = await CollectionItem.findOne({ where, transaction: ctx.tx })
    if (!item) throw new NotFound()
    await item.destroy({ transaction: ctx.tx })
    await emit(ctx, 'collection.left', { collectionId: id, accountId: item.accountId })
  })
