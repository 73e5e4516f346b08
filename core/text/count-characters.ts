import { findEntities } from '#core/text/find-entities'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const linkLength = 23

/**
 * The length of a post as its limit counts it (POST-11, POST-12): grapheme clusters of text and spoiler together, 23
 * for a link of the text whatever its length, `@user@domain` as `@user`. A spoiler has no links.
 */
export function countCharacters(text: string, spoiler = ''): number {
  const parts = [spoiler]
  let done = 0
  for (const entity of findEntities(text)) {
    if (entity.kind === 'hashtag') continue
    const shown = entity.kind === 'link' ? 'x'.repeat(linkLength) : `@${entity.username}`
    parts.push(text.slice(done, entity.start), shown)
    done = entity.end
  }
  return countGraphemes(parts.join('') + text.slice(done))
}

function countGraphemes(text: string): number {
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.length
  const segments = graphemes.segment(text)[Symbol.iterator]()
  let count = 0
  while (segments.next().done !== true) count += 1
  return count
}
