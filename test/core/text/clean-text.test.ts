import { cleanText } from '#core/text/clean-text'

test('line ends become one kind and tabs stay', () => {
  expect(cleanText('a\r\nb\rc\u2028d\te')).toBe('a\nb\nc\nd\te')
})

test('control characters go, everything visible stays', () => {
  expect(cleanText('\u0000a\u001b\u007f\u009f👩‍👩‍👧é\u202e')).toBe('a👩‍👩‍👧é\u202e')
})

test('half a surrogate pair is replaced, as PostgreSQL and JSON would not keep it', () => {
  expect(cleanText('a\ud83db\udc69')).toBe('a\ufffdb\ufffd')
})
