/** At most `limit` UTF-16 units of the text, never half a character outside the basic plane. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(limit - 1))
  return text.slice(0, isSplit ? limit - 1 : limit)
}
