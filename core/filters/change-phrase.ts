import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { changeFilter } from './change-filter.ts'
import { changeKeyword } from './change-keyword.ts'
import type { FilterCard } from './filter.queries.ts'
import { contextsOf } from './filter.policy.ts'
import { findKeyword } from './find-keyword.ts'

export type PhraseChange = {
  keywordId: Id
  keyword?: string | undefined
  isWholeWord?: boolean | undefined
  contexts?: readonly string[] | undefined
  isIrreversible?: boolean | undefined
  expiresIn?: number | null | undefined
}

/**
 * Changes a keyword and, through it, its filter, as old apps do that know no other filters (FILT-08). Throws NotFound,
 * and Invalid when that would change other keywords too.
 */
export const changePhrase = (
  ctx: Ctx,
  { keywordId, ...wish }: PhraseChange,
): ReturnType<typeof findKeyword> =>
  transact(ctx, async (ctx) => {
    const { filter } = await findKeyword(ctx, { keywordId })
    const { keyword, isWholeWord, contexts, isIrreversible, expiresIn } = wish
    if (filter.keywords.length > 1 && changesFilter(filter, wish))
      throw new Invalid(
        'Validation failed: This filter applies to several keywords and cannot be changed by this app',
      )
    await changeKeyword(ctx, { keywordId, keyword, isWholeWord })
    const action = isIrreversible === undefined ? undefined : actionFor(filter, isIrreversible)
    await changeFilter(ctx, { filterId: filter.id, contexts, action, expiresIn })
    return findKeyword(ctx, { keywordId })
  })

// What old apps cannot say stays as it is.
const actionFor = ({ action }: FilterCard, isIrreversible: boolean) =>
  isIrreversible ? 'hide' : action === 'hide' ? 'warn' : action

function changesFilter(
  filter: FilterCard,
  { contexts, isIrreversible, expiresIn }: Omit<PhraseChange, 'keywordId'>,
) {
  const newContexts = contexts && contextsOf(contexts).toSorted().join() !== filter.contexts.toSorted().join()
  const newAction = isIrreversible !== undefined && actionFor(filter, isIrreversible) !== filter.action
  const newExpiry = expiresIn !== undefined && !(expiresIn === null && filter.expiresAt === null)
  return newContexts || newAction || newExpiry
}
