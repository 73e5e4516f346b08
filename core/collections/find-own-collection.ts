import { actingId } from '../actor.ts'
import type { TxCtx } from '../ctx.ts'
import { Forbidden, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Collection } from './collection.model.ts'

/** Finds a collection of the actor and holds it. Throws NotFound, Forbidden for somebody else's (ERR-08). */
export async function findOwnCollection(ctx: TxCtx, { id }: { id: Id }): Promise<Collection> {
  const found = await Collection.findByPk(id, { transaction: ctx.tx, lock: ctx.tx.LOCK.UPDATE })
  if (!found) throw new NotFound()
  if (found.ownerId !== actingId(ctx)) throw new Forbidden()
  return found
}
