import { cleanText } from '#core/text/clean-text'
import { cutText } from '#core/text/cut-text'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const longest = 2047

// Joiners, variation selectors and tags stay: emoji and several scripts are written with them.
const unseen =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu

/**
 * A display name, title or field name from anywhere as one line of plain text (federation rules 159 and 161): cut at
 * 2047 characters and at `limit` grapheme clusters, without controls that reorder the text around it and without
 * characters that show nothing. Markup is not removed but is text: whoever shows the name escapes it. A name that
 * shows nothing becomes the empty string.
 */
export function cleanName(name: string, limit = 64): string {
  const line = cleanText(cutText(name, longest)).replace(unseen, '').replace(/\s+/g, ' ').trim()
  if (!/[^\p{C}\p{Z}\p{M}]/u.test(line)) return ''
  let count = 0
  for (const { index } of graphemes.segment(line)) {
    if (count === limit) return line.slice(0, index).trim()
    count += 1
  }
  return line
}
