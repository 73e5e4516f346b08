import { findLinks } from '#platform/links'

const urls = (text: string) => findLinks(text).map(({ url }) => url)

test('a link tells where it stands in the text', () => {
  expect(findLinks('see https://a.test!')).toEqual([{ start: 4, end: 18, url: 'https://a.test' }])
})

test.each([
  ['https://example.com/a_(b).', 'https://example.com/a_(b)'],
  ['(https://example.com/a)', 'https://example.com/a'],
  ['"https://example.com"', 'https://example.com'],
  ['https://example.com/a, b', 'https://example.com/a'],
  ['https://example.com/@alice/1#x?y', 'https://example.com/@alice/1#x?y'],
  ['HTTPS://WWW.Example.com/X', 'HTTPS://WWW.Example.com/X'],
  ['http://localhost:3000/x', 'http://localhost:3000/x'],
  ['http://127.0.0.1/', 'http://127.0.0.1/'],
  ['http://[::1]:80/x', 'http://[::1]:80/x'],
  ['https://münchen.de/straße', 'https://münchen.de/straße'],
  ['https://日本語.jp/パス。次', 'https://日本語.jp/パス'],
  ['gemini://g.test/x', 'gemini://g.test/x'],
  ['xmpp:a@b.test/res?join', 'xmpp:a@b.test/res?join'],
  ['magnet:?xt=urn:btih:c0ffee&dn=x.', 'magnet:?xt=urn:btih:c0ffee&dn=x'],
])('%j holds %s', (text, url) => {
  expect(urls(text)).toEqual([url])
})

test('a script without spaces runs on into a link and out of its domain', () => {
  expect(urls('詳細はhttps://example.comをご覧ください')).toEqual(['https://example.com'])
})

test.each([
  'example.com',
  'mailto:a@b.test',
  'javascript://a.test/%0aalert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '//example.com',
  'https://',
  'https:// a.test',
  'xhttps://a.test',
  '@https://a.test',
  'https://a.test@evil.test/',
  'https://a.test:99999/',
  'https://256.1.1.1/',
  'magnet:',
  'xmpp:nobody',
  `https://a.test/${'x'.repeat(4096)}`,
])('%j holds no link', (text) => {
  expect(urls(text)).toEqual([])
})
