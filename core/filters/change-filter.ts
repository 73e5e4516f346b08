import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { NewFilter } from './create-filter.ts'
import { editKeywords } from './edit-keywords.ts'
import { Filter } from './filter.model.ts'
import { actionOf, contextsOf, expiryOf, titleOf } from './filter.policy.ts'
import type { FilterCard } from './filter.queries.ts'
import { findFilter } from './find-filter.ts'
import { touchFilters } from './touch-filters.ts'

/** Changes what is given of a filter of the actor (FILT-02, FILT-03). Throws NotFound, Invalid. */
export const changeFilter = (
  ctx: Ctx,
  { filterId, ...wish }: { filterId: Id } & Partial<NewFilter>,
): Promise<FilterCard> =>
  transact(ctx, async (ctx) => {
    const accountId = await touchFilters(ctx)
    await findFilter(ctx, { filterId })
    const changes = {
      ...(wish.title === undefined ? {} : { title: titleOf(wish.title) }),
      ...(wish.contexts === undefined ? {} : { contexts: contextsOf(wish.contexts) }),
      ...(wish.action === undefined ? {} : { action: actionOf(wish.action) }),
      ...(wish.expiresIn === undefined ? {} : { expiresAt: expiryOf(wish.expiresIn) }),
    }
    await Filter.update(changes, { where: { id: filterId }, transaction: ctx.tx })
    await editKeywords(ctx, { accountId, filterId }, wish.keywords ?? [])
    return findFilter(ctx, { filterId })
  })
