import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { List } from './list.model.ts'

/** Finds a list of the actor. Throws NotFound for all others (MISC-03). */
export async function findList(ctx: Ctx, { listId }: { listId: Id }): Promise<List> {
  const list = await List.findOne({
    where: { id: listId, ownerId: actingId(ctx) },
    transaction: ctx.tx ?? null,
  })
  if (!list) throw new NotFound()
  return list
}
