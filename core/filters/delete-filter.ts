import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Filter } from './filter.model.ts'
import { findFilter } from './find-filter.ts'
import { touchFilters } from './touch-filters.ts'

/** Deletes a filter of the actor with its keywords and posts. Throws NotFound. */
export const deleteFilter = (ctx: Ctx, { filterId }: { filterId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    await touchFilters(ctx)
    await findFilter(ctx, { filterId })
    await Filter.destroy({ where: { id: filterId }, transaction: ctx.tx })
  })
