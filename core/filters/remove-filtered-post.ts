import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { FilteredPost } from './filtered-post.model.ts'
import { findFilteredPost } from './find-filtered-post.ts'
import { touchFilters } from './touch-filters.ts'

/** Takes the entry for a post out of a filter of the actor. Throws NotFound. */
export const removeFilteredPost = (ctx: Ctx, { entryId }: { entryId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    await touchFilters(ctx)
    await findFilteredPost(ctx, { entryId })
    await FilteredPost.destroy({ where: { id: entryId }, transaction: ctx.tx })
  })
