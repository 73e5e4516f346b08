import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { Collection } from './collection.model.ts'
import { type CollectionTexts, readCollection } from './collection.policy.ts'
import { findOwnCollection } from './find-own-collection.ts'

/** Changes what is given of a collection of the actor; those in it are told. Throws NotFound, Forbidden, Invalid (COLL-01). */
export const editCollection = (
  ctx: Ctx,
  { id, ...typed }: { id: Id } & CollectionTexts,
): Promise<Collection> =>
  transact(ctx, async (ctx) => {
    const found = await findOwnCollection(ctx, { id })
    found.set(readCollection(typed))
    const isTold = (['name', 'description', 'tagName'] as const).some((column) => found.changed(column))
    if (!found.changed()) return found
    await found.set({ updatedAt: now() }).save({ transaction: ctx.tx })
    if (isTold) await emit(ctx, 'collection.changed', { collectionId: id, ownerId: found.ownerId })
    return found
  })
