import { findLinks } from '#core/text/find-links'

test('STAT-31: links come in order and once, the first is the one for the card', () => {
  expect(findLinks('@a #b https://one.test https://two.test/x, https://one.test')).toEqual([
    'https://one.test',
    'https://two.test/x',
  ])
})

test('a text without links has none', () => {
  expect(findLinks('@a@b.test #c d.test e@f.test')).toEqual([])
})
