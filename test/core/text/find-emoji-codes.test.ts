import { findEmojiCodes } from '#core/text/find-emoji-codes'

test('HTML-13: shortcodes come in order and once', () => {
  expect(findEmojiCodes(':blob_cat: x :heart2: :blob_cat:')).toEqual(['blob_cat', 'heart2'])
})

test('HTML-13: neighbouring emoji and scripts without spaces are no obstacle', () => {
  expect(findEmojiCodes('こんにちは:wave::blob:です')).toEqual(['wave', 'blob'])
})

test.each(['10:30:45', 'a:b:c', '::', ': a :', ':a b:', ':ä:', ':a-b:', 'no', `:${'a'.repeat(129)}:`])(
  '%j has no shortcode',
  (text) => {
    expect(findEmojiCodes(text)).toEqual([])
  },
)
