const WORDS = 5000
const LONGEST = 100

const piece = /[\p{L}\p{M}\p{N}_]+|\p{Extended_Pictographic}/gu
/** Scripts that are written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .replaceAll('ß', 'ss')
    .normalize('NFC')

/**
 * The words of a text in order, as the index has them: without case and accents of Latin letters, and scripts without
 * spaces in overlapping pairs of letters, so that any part of a sentence is found. Both engines index just these.
 */
export const findWords = (text: string): string[] =>
  (fold(text).match(piece) ?? []).flatMap(apart).slice(0, WORDS)

function apart(word: string): string[] {
  const parts: string[] = []
  let end = 0
  for (const found of word.matchAll(unspaced)) {
    if (found.index > end) parts.push(word.slice(end, found.index))
    parts.push(...pairs([...found[0]]))
    end = found.index + found[0].length
  }
  if (end < word.length) parts.push(word.slice(end))
  return parts.map((part) => part.slice(0, LONGEST))
}

const pairs = (letters: string[]): string[] =>
  letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)
