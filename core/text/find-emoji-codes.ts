/**
 * The shortcodes, without colons, in order and each once (HTML-13). Only a Latin letter, a digit or an underscore
 * beside the colon makes it something else (`10:30:45`): scripts without spaces and neighbouring emoji need none.
 */
export function findEmojiCodes(text: string): string[] {
  const codes = Array.from(text.matchAll(/(?<!\w):(\w{1,128}):(?!\w)/g), (match) => match[1] ?? '')
  return [...new Set(codes)]
}
