import type { Ctx } from '#core/ctx'
import { type Filterer, filterSets } from '#core/filters/filter-set'
import { type FilterMatch, matchFilters, type ReadyFilter } from '#core/filters/match-filters'
import { postStates } from '#core/posts/post.queries'
import { htmlToText } from '#core/text/html-to-text'
import type { Id } from '#platform/ids'
import { fragmentsOf, type StatusFragment } from './status-fragment.ts'

const texts = new WeakMap<StatusFragment, string>()

/** All that filters look at (FILT-04): text, warning, poll options and descriptions of media; made once for each fragment. */
function textOf(fragment: StatusFragment): string {
  const known = texts.get(fragment)
  if (known !== undefined) return known
  const text = [
    fragment.spoilerText,
    htmlToText(fragment.content),
    ...(fragment.poll?.card.options ?? []),
    ...fragment.media.map(({ description }) => description ?? ''),
  ]
    .join('\n\n')
    .normalize('NFC')
  texts.set(fragment, text)
  return text
}

/** Which filters match a post that says this; `postIds` are its id and, for a boost, that of the original. */
export const matchesOf = (
  filters: readonly ReadyFilter[],
  fragment: StatusFragment,
  postIds: readonly Id[],
): FilterMatch[] => (filters.length === 0 ? [] : matchFilters(filters, { text: textOf(fragment), postIds }))

/**
 * What the filters of each of these members find in a post, as texts that are the same for the same findings; only for
 * those who have filters and where something was found. Costs no query when nobody has any.
 */
export async function findingsIn(
  ctx: Pick<Ctx, 'tx'>,
  postId: Id,
  members: readonly Filterer[],
): Promise<Map<Id, string>> {
  const found = new Map<Id, string>()
  const filterers = members.filter(({ version }) => version > 0)
  if (filterers.length === 0) return found
  const [sets, states] = await Promise.all([filterSets(ctx, filterers), postStates(ctx, [postId], null)])
  const fragments = await fragmentsOf(ctx, states)
  const { boostOfId } = states.find(({ id }) => id === postId) ?? {}
  const fragment = fragments.get(boostOfId ?? postId)
  if (!fragment) return found
  const ids = boostOfId ? [postId, boostOfId] : [postId]
  for (const { accountId } of filterers) {
    const matches = matchesOf(sets.get(accountId) ?? [], fragment, ids)
    const key = matches.map(({ filter, keywords }) => `${filter.id} ${keywords?.join() ?? ''}`).join('\n')
    if (key) found.set(accountId, key)
  }
  return found
}
