import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type FilterCard, filterOf } from './filter.queries.ts'

/** Finds a filter of the actor. Throws NotFound for all others. */
export async function findFilter(ctx: Ctx, { filterId }: { filterId: Id }): Promise<FilterCard> {
  const filter = await filterOf(ctx, actingId(ctx), filterId)
  if (!filter) throw new NotFound()
  return filter
}
