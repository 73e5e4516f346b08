import { hashtagUrl } from '#core/addresses'
import type { FeaturedTagCard } from '#core/tags/tag.queries'

/** A hashtag on a profile; the time of its last use is a date alone (ID-08, TRIP-11). */
export const featuredTagJson = ({ id, name, displayName, postsCount, lastPostAt }: FeaturedTagCard) => ({
  id,
  name: displayName,
  url: hashtagUrl(name),
  statuses_count: String(postsCount),
  last_status_at: lastPostAt?.toISOString().slice(0, 10) ?? null,
})
