import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { editKeywords } from './edit-keywords.ts'
import { keywordOf } from './filter.policy.ts'
import type { KeywordCard } from './filter.queries.ts'
import { findFilter } from './find-filter.ts'
import { touchFilters } from './touch-filters.ts'

type NewKeyword = { filterId: Id; keyword: string; isWholeWord?: boolean | undefined }

/** Adds a keyword to a filter of the actor. Throws NotFound, Invalid. */
export const addKeyword = (ctx: Ctx, { filterId, keyword, isWholeWord }: NewKeyword): Promise<KeywordCard> =>
  transact(ctx, async (ctx) => {
    const accountId = await touchFilters(ctx)
    await findFilter(ctx, { filterId })
    const wish = { keyword: keywordOf(keyword), isWholeWord }
    const [added] = await editKeywords(ctx, { accountId, filterId }, [wish])
    return added as KeywordCard
  })
