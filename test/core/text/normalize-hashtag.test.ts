import { normalizeHashtag } from '#core/text/normalize-hashtag'

test.each([
  ['#Café', 'cafe'],
  ['cafe\u0301', 'cafe'],
  ['ＦＵＬＬ', 'full'],
  ['İstanbul', 'istanbul'],
  ['Łódź', 'lodz'],
  ['Øl', 'ol'],
  ['b̴̛O̵b̶', 'bob'],
  ['각', '각'],
  ['がんばれ', 'がんばれ'],
  ['й', 'й'],
  ['हिन्दी', 'हिन्दी'],
  ['ﷲ', 'الله'],
  ['nodebb 4.0', 'nodebb40'],
  ['＃tag', 'tag'],
  ['ﾃｽﾄ･ﾀｸﾞ', 'テスト・タグ'],
])('%j is kept as %j', (display, name) => {
  expect(normalizeHashtag(display)).toBe(name)
})

test.each(['', '#', '123', '#١٢', '___', '·', '!?', '<>', 'x'.repeat(201), 'ﷲ'.repeat(100), '\ud800'])(
  '%j is no hashtag',
  (display) => {
    expect(normalizeHashtag(display)).toBeNull()
  },
)

test('normalising a name again changes nothing', () => {
  for (const display of ['Größe', 'İI', 'ŉ', 'ǅ', 'ﬃ', 'ΟΔΟΣ', 'x·y', '１２a', 'ſs']) {
    const name = normalizeHashtag(display)
    expect(name).not.toBeNull()
    expect(normalizeHashtag(name ?? '')).toBe(name)
  }
})
