import { limits } from '#config/limits'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { transact } from '#platform/transact'
import { editKeywords, type KeywordWish } from './edit-keywords.ts'
import { Filter } from './filter.model.ts'
import { actionOf, contextsOf, expiryOf, titleOf } from './filter.policy.ts'
import type { FilterCard } from './filter.queries.ts'
import { findFilter } from './find-filter.ts'
import { touchFilters } from './touch-filters.ts'

export type NewFilter = {
  title: string
  contexts: readonly string[]
  action?: string | undefined
  /** Seconds from now; null for never. */
  expiresIn?: number | null | undefined
  keywords?: readonly KeywordWish[] | undefined
}

/** Makes a filter (FILT-01 to FILT-03). Throws Invalid for what breaks a rule, and when the member has enough of them. */
export const createFilter = (ctx: Ctx, wish: NewFilter): Promise<FilterCard> =>
  transact(ctx, async (ctx) => {
    const accountId = await touchFilters(ctx)
    if ((await Filter.count({ where: { accountId }, transaction: ctx.tx })) >= limits.filter.perUser)
      throw new Invalid(`Validation failed: You may have at most ${limits.filter.perUser} filters`)
    const { id: filterId } = await Filter.create(
      {
        accountId,
        title: titleOf(wish.title),
        contexts: contextsOf(wish.contexts),
        action: actionOf(wish.action ?? 'warn'),
        expiresAt: expiryOf(wish.expiresIn ?? null),
      },
      { transaction: ctx.tx },
    )
    await editKeywords(ctx, { accountId, filterId }, wish.keywords ?? [])
    return findFilter(ctx, { filterId })
  })
