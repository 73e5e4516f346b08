import { checkHref } from '#core/text/check-href'

test.each([
  'https://a.test',
  'http://a.test/?b#c',
  'mailto:a@b.test',
  'xmpp:a@b.test',
  'gemini://a.test',
  'magnet:?x',
])('federation rule 158: %s stays as it was written', (href) => {
  expect(checkHref(href)).toBe(href)
})

test.each([
  'javascript:x',
  'data:,x',
  'file:///x',
  'ftp://a.test',
  '/x',
  '#x',
  'a.test',
  '',
  'https://',
  'http://[',
  'x',
])('federation rule 158: %j is refused', (href) => {
  expect(checkHref(href)).toBeNull()
})

test('what people and browsers read differently is written as browsers read it', () => {
  expect(checkHref(' https:\\\\a.test\\x ')).toBe('https://a.test/x')
  expect(checkHref('https://a.test/\u202ex')).toBe('https://a.test/%E2%80%AEx')
  expect(checkHref('https://good.test@evil.test/')).toBe('https://evil.test/')
  expect(checkHref('gemini://user:word@a.test/')).toBe('gemini://a.test/')
})
