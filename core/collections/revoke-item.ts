import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { Forbidden, NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { CollectionItem } from './collection-item.model.ts'

/**
 * The actor does not want to be in a collection, now or later; a repeat changes nothing (COLL-04). Throws NotFound,
 * Forbidden for somebody else's place.
 */
export const revokeItem = (ctx: Ctx, { id, itemId }: { id: Id; itemId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const where = { id: itemId, collectionId: id }
    const item = await CollectionItem.findOne({ where, transaction: ctx.tx, lock: true })
    if (!item) throw new NotFound()
    if (item.accountId !== actingId(ctx)) throw new Forbidden()
    if (item.state === 'revoked') return
    await item.update({ state: 'revoked' }, { transaction: ctx.tx })
    await emit(ctx, 'collection.left', { collectionId: id, accountId: item.accountId })
  })
