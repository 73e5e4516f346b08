import { normalizeEmoji } from '#core/text/normalize-emoji'

test.each([
  ['❤', '❤️'],
  ['❤️', '❤️'],
  ['⭐️', '⭐'],
  ['👁‍🗨', '👁️‍🗨️'],
  ['1⃣', '1️⃣'],
  ['☝🏽', '☝🏽'],
  ['👩‍❤‍💋‍👩', '👩‍❤️‍💋‍👩'],
  ['🇩🇪', '🇩🇪'],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
])('wire 8.7: %s is one emoji, written %s', (text, emoji) => {
  expect(normalizeEmoji(text)).toBe(emoji)
})

test.each(['', 'a', '1', '👌👌', '👌 ', ':cat:', '🇩', '\u200D', '\uFE0F', '🎉'.repeat(100_000)])(
  'emoji-reactions-04: %.10s is not one emoji',
  (text) => {
    expect(normalizeEmoji(text)).toBeUndefined()
  },
)
