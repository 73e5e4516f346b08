import { findHashtags } from '../text/find-hashtags.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'

/** A hashtag by the name under which it is kept, and as it was typed. */
export type TagName = { name: string; display: string }

/** Reads a text that is nothing but the name of a hashtag, without its sign; undefined for every other text (HTML-12). */
export function parseTag(text: string): TagName | undefined {
  // Costs nothing for a text that is far too long.
  if (!normalizeHashtag(text)) return undefined
  const [found] = findHashtags(`#${text}`)
  return found?.display === text ? found : undefined
}
