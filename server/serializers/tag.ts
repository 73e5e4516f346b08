import { hashtagUrl } from '#core/addresses'
import type { FoundHashtag } from '#core/search/search-hashtags'

const DAY = 86_400

/** A hashtag with its last seven days, newest first (MISC-05). Uses are not counted by the day yet: all are zero. */
export const tagJson = ({ id, name, displayName }: FoundHashtag) => ({
  id,
  name: displayName,
  url: hashtagUrl(name),
  history: Array.from({ length: 7 }, (_, day) => ({
    day: String((Math.floor(Date.now() / 1000 / DAY) - day) * DAY),
    uses: '0',
    accounts: '0',
  })),
})
