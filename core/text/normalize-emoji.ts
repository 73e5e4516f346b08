const emoji = /^\p{RGI_Emoji}$/v
const selector = /\uFE0F/g
// What is shown as text unless it is told otherwise, and takes no skin tone here.
const textual = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu

/** A longer one would be no emoji: flags of regions and families have this many code units at most. */
const LONGEST = 64

/**
 * One emoji in the spelling that everybody shall use, whatever variation selectors it came with; undefined for anything
 * else, also for several of them (wire 8.7).
 */
export function normalizeEmoji(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const plain = text.replace(selector, '')
  return [plain.replace(textual, '$&\uFE0F'), plain, text].find((each) => emoji.test(each))
}
