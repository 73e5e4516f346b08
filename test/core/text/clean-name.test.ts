import { cleanName } from '#core/text/clean-name'

test('a name is one line without spare white space', () => {
  expect(cleanName('  Wren\r\n  of\tHive ')).toBe('Wren of Hive')
})

test('PLEROMA-1.0.0-a: markup in a name is text, not removed and not interpreted', () => {
  expect(cleanName('<b onclick=x>Wren</b> &amp; :blob:')).toBe('<b onclick=x>Wren</b> &amp; :blob:')
})

test('PLEROMA-1.0.0-a: a name has at most 64 grapheme clusters', () => {
  expect(cleanName('x'.repeat(100_000))).toBe('x'.repeat(64))
  expect(cleanName('👩‍👩‍👧'.repeat(70))).toBe('👩‍👩‍👧'.repeat(64))
  expect(cleanName('a b c', 2)).toBe('a')
})

test('federation rule 159: a cluster of endless marks is cut as well', () => {
  expect(cleanName(`a${'\u0301'.repeat(100_000)}`).length).toBe(2047)
})

test('federation rule 161, PLEROMA-1.0.0-a: nothing reorders the text around a name', () => {
  expect(cleanName('a\u202eb\u202d\u2066c\u2069\u200f\u200e\u061cd')).toBe('abcd')
})

test('PLEROMA-1.0.0-a: characters that show nothing go, joiners between letters and emoji parts stay', () => {
  expect(cleanName('a\u200bl\u00adi\ufeffc\u2060e\u3164')).toBe('alice')
  expect(cleanName('می\u200cخواهم 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿')).toBe('می\u200cخواهم 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿')
})

test.each(['', ' ', '\u200b', '\u200d\u200c', '\u3000', '\u0000', '\u0301', '\u202e'])(
  'a name that shows nothing (%j) is empty',
  (name) => {
    expect(cleanName(name)).toBe('')
  },
)
