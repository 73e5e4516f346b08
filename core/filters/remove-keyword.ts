import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { editKeywords } from './edit-keywords.ts'
import { findKeyword } from './find-keyword.ts'
import { touchFilters } from './touch-filters.ts'

/** Takes a keyword out of a filter of the actor. Throws NotFound. */
export const removeKeyword = (ctx: Ctx, { keywordId }: { keywordId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const accountId = await touchFilters(ctx)
    const { filter } = await findKeyword(ctx, { keywordId })
    await editKeywords(ctx, { accountId, filterId: filter.id }, [{ id: keywordId, isGone: true }])
  })
