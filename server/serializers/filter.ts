import type { FilterCard, FilteredPostCard, KeywordCard } from '#core/filters/filter.queries'
import type { FilterMatch } from '#core/filters/match-filters'

export const keywordJson = ({ id, keyword, isWholeWord }: KeywordCard) => ({
  id,
  keyword,
  whole_word: isWholeWord,
})

export const filteredPostJson = ({ id, postId }: FilteredPostCard) => ({ id, status_id: postId })

/** A filter without what it consists of: how it stands with a post that it matches. */
const summaryJson = ({ id, title, contexts, action, expiresAt }: FilterCard) => ({
  id,
  title,
  context: contexts,
  expires_at: expiresAt?.toISOString() ?? null,
  filter_action: action,
})

/** A filter as its owner reads it. */
export const filterJson = (filter: FilterCard) => ({
  ...summaryJson(filter),
  keywords: filter.keywords.map(keywordJson),
  statuses: filter.posts.map(filteredPostJson),
})

/** A filter that matches a post, and with what (FILT-06). */
export const filterResultJson = ({ filter, keywords, postIds }: FilterMatch) => ({
  filter: summaryJson(filter),
  keyword_matches: keywords,
  status_matches: postIds,
})

/** One keyword as apps from before Mastodon 4.0 read it (FILT-08). */
export const phraseJson = (filter: FilterCard, { id, keyword, isWholeWord }: KeywordCard) => ({
  id,
  phrase: keyword,
  context: filter.contexts,
  whole_word: isWholeWord,
  expires_at: filter.expiresAt?.toISOString() ?? null,
  irreversible: filter.action === 'hide',
})
