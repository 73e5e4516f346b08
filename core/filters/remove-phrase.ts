import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { deleteFilter } from './delete-filter.ts'
import { findKeyword } from './find-keyword.ts'
import { removeKeyword } from './remove-keyword.ts'

/** Removes a keyword, and its filter when nothing is left in it: old apps know no other filters (FILT-08). Throws NotFound. */
export const removePhrase = (ctx: Ctx, { keywordId }: { keywordId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { filter } = await findKeyword(ctx, { keywordId })
    if (filter.keywords.length === 1 && filter.posts.length === 0)
      await deleteFilter(ctx, { filterId: filter.id })
    else await removeKeyword(ctx, { keywordId })
  })
