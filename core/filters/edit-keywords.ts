import { limits } from '#config/limits'
import type { TxCtx } from '../ctx.ts'
import { Invalid, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { countKeywords } from './filter.queries.ts'
import { FilterKeyword } from './filter-keyword.model.ts'
import { keywordOf } from './filter.policy.ts'

/** A wish about a keyword: with an id it changes that one, without it adds one, `isGone` removes (FILT-02). */
export type KeywordWish = {
  id?: Id | undefined
  keyword?: string | undefined
  isWholeWord?: boolean | undefined
  isGone?: boolean | undefined
}

/**
 * Changes the keywords of a filter of a member, in a transaction that holds the member's filters. Gives those that were
 * added. Throws NotFound for a keyword of another filter, Invalid for a wrong one and for more than anybody may have.
 */
export async function editKeywords(
  ctx: TxCtx,
  { accountId, filterId }: { accountId: Id; filterId: Id },
  wishes: readonly KeywordWish[],
): Promise<FilterKeyword[]> {
  const known = wishes.filter(({ id }) => id !== undefined)
  for (const wish of known) await editKeyword(ctx, filterId, wish)
  // A form has a blank line at its end, and lines that were added and removed again.
  const added = wishes.filter(({ id, keyword, isGone }) => id === undefined && !isGone && keyword?.trim())
  if (added.length === 0) return []
  if ((await countKeywords(ctx, accountId)) + added.length > limits.filter.keywords)
    throw new Invalid(`Validation failed: You may have at most ${limits.filter.keywords} keywords`)
  return FilterKeyword.bulkCreate(
    added.map(({ keyword = '', isWholeWord = false }) => ({
      filterId,
      keyword: keywordOf(keyword),
      isWholeWord,
    })),
    { transaction: ctx.tx },
  )
}

async function editKeyword(ctx: TxCtx, filterId: Id, wish: KeywordWish): Promise<void> {
  const { tx: transaction } = ctx
  const keyword = await FilterKeyword.findOne({ where: { id: wish.id as Id, filterId }, transaction })
  if (!keyword) throw new NotFound()
  if (wish.isGone) return keyword.destroy({ transaction })
  await keyword.update(
    {
      ...(wish.keyword === undefined ? {} : { keyword: keywordOf(wish.keyword) }),
      ...(wish.isWholeWord === undefined ? {} : { isWholeWord: wish.isWholeWord }),
    },
    { transaction },
  )
}
