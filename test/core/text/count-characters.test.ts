import { countCharacters } from '#core/text/count-characters'

test('POST-11: grapheme clusters count, not code points', () => {
  expect(countCharacters('plain text\n')).toBe(11)
  expect(countCharacters('e\u0301')).toBe(1)
  expect(countCharacters('👨‍👩‍👧‍👦🏳️‍🌈🇩🇪')).toBe(3)
  expect(countCharacters('각')).toBe(1)
})

test('POST-11: spoiler and text count together', () => {
  expect(countCharacters('é text', 'spoiler ')).toBe(14)
})

test('POST-11: a URL counts 23, longer or shorter', () => {
  expect(countCharacters('https://a.test')).toBe(23)
  expect(countCharacters(`see https://a.test/${'x'.repeat(500)} now`)).toBe(4 + 23 + 4)
})

test('POST-11: a mention counts without its domain', () => {
  expect(countCharacters('@alice@a-long-domain.example hi')).toBe(9)
  expect(countCharacters('@alice@localhost:3001')).toBe(6)
  expect(countCharacters('@alice')).toBe(6)
})

test('POST-11: hashtags count as they are', () => {
  expect(countCharacters('#Café')).toBe(5)
})

test('POST-12: what would not become a link counts in full', () => {
  for (const text of [
    'www.a-rather-long-domain-name.example',
    'ftp://a-rather-long-domain-name.example',
    `https://${'x'.repeat(64)}.test`,
    `https://a.test/${'x'.repeat(5000)}`,
    `@a@${'b'.repeat(64)}.test`,
    'somebody@a-rather-long-domain-name.example',
  ]) {
    expect(countCharacters(text)).toBe(text.length)
  }
})

test('POST-12: a spoiler has no links, so none are forgiven', () => {
  const url = `https://a.test/${'x'.repeat(50)}`
  expect(countCharacters('', url)).toBe(url.length)
  expect(countCharacters('', '@alice@domain.test')).toBe(18)
})

test('POST-12: a spoiler that ends where the text begins makes no link of both', () => {
  expect(countCharacters('//a.test', 'https:')).toBe(14)
})
