import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import type { FilterCard } from './filter.queries.ts'

type ReadyWord = { folded: string; pattern: RegExp }

/** A filter made ready: its words as they are looked for, and its posts. */
export type ReadyFilter = { filter: FilterCard; words: readonly ReadyWord[]; postIds: ReadonlySet<Id> }

/** What of a filter matches: the first match among its keywords as the post has it, and the posts; null for neither. */
export type FilterMatch = { filter: FilterCard; keywords: string[] | null; postIds: Id[] | null }

const word = String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`
const beginsWithWord = new RegExp(`^${word}`, 'u')
const endsWithWord = new RegExp(`${word}$`, 'u')

// Borders of words of any script, which \b does not know.
const sourceOf = ({ keyword, isWholeWord }: FilterCard['keywords'][number]): string => {
  const literal = RegExp.escape(keyword)
  if (!isWholeWord) return literal
  const before = beginsWithWord.test(keyword) ? `(?<!${word})` : ''
  const after = endsWithWord.test(keyword) ? `(?!${word})` : ''
  return before + literal + after
}

/** Makes a filter ready (FILT-04). */
export const readyFilter = (filter: FilterCard): ReadyFilter => ({
  filter,
  words: filter.keywords.map((keyword) => ({
    folded: keyword.keyword.toLowerCase(),
    pattern: new RegExp(sourceOf(keyword), 'iu'),
  })),
  postIds: new Set(filter.posts.map(({ postId }) => postId)),
})

/**
 * Which filters match a post, the oldest first (FILT-04 to FILT-06). `text` is all that the post says in plain text and
 * form NFC; `postIds` are its own id and, for a boost, that of what it boosts. What has expired matches nothing (FILT-03).
 */
export function matchFilters(
  filters: readonly ReadyFilter[],
  { text, postIds }: { text: string; postIds: readonly Id[] },
): FilterMatch[] {
  const folded = text.toLowerCase()
  return filters.flatMap(({ filter, words, postIds: named }) => {
    if (filter.expiresAt && filter.expiresAt <= now()) return []
    const keyword = firstOf(words, text, folded)
    const posts = postIds.filter((id) => named.has(id))
    if (keyword === undefined && posts.length === 0) return []
    return [
      {
        filter,
        keywords: keyword === undefined ? null : [keyword],
        postIds: posts.length > 0 ? posts : null,
      },
    ]
  })
}

// A search for a plain text costs next to nothing; only words that are there at all are looked at with their borders.
function firstOf(words: readonly ReadyWord[], text: string, folded: string): string | undefined {
  let first: RegExpExecArray | undefined
  for (const word of words) {
    const match = folded.includes(word.folded) ? word.pattern.exec(text) : null
    if (match && (!first || match.index < first.index)) first = match
  }
  return first?.[0]
}
