import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { editKeywords } from './edit-keywords.ts'
import type { KeywordCard } from './filter.queries.ts'
import { findKeyword } from './find-keyword.ts'
import { touchFilters } from './touch-filters.ts'

type Change = { keywordId: Id; keyword?: string | undefined; isWholeWord?: boolean | undefined }

/** Changes what is given of a keyword of the actor. Throws NotFound, Invalid. */
export const changeKeyword = (ctx: Ctx, { keywordId, ...wish }: Change): Promise<KeywordCard> =>
  transact(ctx, async (ctx) => {
    const accountId = await touchFilters(ctx)
    const { filter } = await findKeyword(ctx, { keywordId })
    await editKeywords(ctx, { accountId, filterId: filter.id }, [{ id: keywordId, ...wish }])
    return (await findKeyword(ctx, { keywordId })).keyword
  })
