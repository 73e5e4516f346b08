import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { CollectionItem } from './collection-item.model.ts'
import { findOwnCollection } from './find-own-collection.ts'

/** Deletes a collection of the actor. Throws NotFound, Forbidden. */
export const deleteCollection = (ctx: Ctx, { id }: { id: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const found = await findOwnCollection(ctx, { id })
    const items = await CollectionItem.findAll({ where: { collectionId: id }, transaction: ctx.tx })
    await found.destroy({ transaction: ctx.tx })
    for (const { accountId } of items) await emit(ctx, 'collection.left', { collectionId: id, accountId })
  })
