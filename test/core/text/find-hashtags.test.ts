import { findHashtags } from '#core/text/find-hashtags'

const shown = (text: string) => findHashtags(text).map(({ display }) => display)

test('HTML-12: a hashtag has a name to compare and the form that was typed', () => {
  expect(findHashtags('#Café')).toEqual([{ name: 'cafe', display: 'Café' }])
})

test('HTML-12: hashtags that differ in case, accents or width are one, shown as typed first', () => {
  expect(findHashtags('#Größe #GROßE #ｇｒößｅ #other')).toEqual([
    { name: 'große', display: 'Größe' },
    { name: 'other', display: 'other' },
  ])
})

test.each([
  ['#日本語', '日本語'],
  ['＃全角', '全角'],
  ['#हिन्दी', 'हिन्दी'],
  ['#1a', '1a'],
  ['#1_2', '1_2'],
  ['#snake_case', 'snake_case'],
  ['#a·b', 'a·b'],
  ['#x・y', 'x・y'],
  ['#می\u200cخواهم', 'می\u200cخواهم'],
  ['#a·', 'a'],
  ['#foo-bar', 'foo'],
  ["#it's", 'it'],
  ['(#a)', 'a'],
  ['#a.#b', 'a b'],
  ['#日本https://x.test', '日本'],
])('HTML-12: %j holds %s', (text, expected) => {
  expect(shown(text).join(' ')).toBe(expected)
})

test.each([
  '#123',
  '#١٢٣',
  '#',
  '# a',
  '#_',
  '#·a',
  '#️⃣ 1️⃣ #1️⃣',
  'a#b',
  '日本#b',
  'C#',
  '/#a',
  '=#a',
  ')#a',
  '&#xa;',
  'https://x.test/#a',
  'https://x.test/a#b',
  '#https://x.test',
  `#${'a'.repeat(201)}`,
])('HTML-12: %j holds no hashtag', (text) => {
  expect(shown(text)).toEqual([])
})
