import { findMentions } from '#core/text/find-mentions'

const handles = (text: string) => findMentions(text).map(({ handle }) => handle)

test('a bare user name has no domain', () => {
  expect(findMentions('hi @Alice!')).toEqual([{ username: 'Alice', domain: null, handle: 'alice' }])
})

test('a domain is compared in lower case and ASCII', () => {
  expect(findMentions('@Bob@Bücher.Example')).toEqual([
    { username: 'Bob', domain: 'xn--bcher-kva.example', handle: 'bob@xn--bcher-kva.example' },
  ])
})

test('a port belongs to the domain', () => {
  expect(findMentions('@user@localhost:3001: hello')).toEqual([
    { username: 'user', domain: 'localhost:3001', handle: 'user@localhost:3001' },
  ])
})

test('each account comes once, in order of mention', () => {
  expect(handles('@b @a@x.test @B @A@X.test @a')).toEqual(['b', 'a@x.test', 'a'])
})

test.each([
  ['(@a)', 'a'],
  ['"@a"', 'a'],
  ['.@a', 'a'],
  ['@a.', 'a'],
  ['@a-', 'a'],
  ['@a:', 'a'],
  ['@a,@b', 'a b'],
  ['@a@b.test.', 'a@b.test'],
  ['@a@b.test/c', 'a@b.test'],
  ['@a@b.test:5', 'a@b.test'],
  ['@first.last-3@b.test', 'first.last-3@b.test'],
  ['@_under_', '_under_'],
  ['line\n@a', 'a'],
])('%j mentions %s', (text, expected) => {
  expect(handles(text).join(' ')).toBe(expected)
})

test.each([
  'bees@hives.test',
  'first.last+tag@hives.test',
  'https://m.test/@alice',
  'https://m.test/@alice@other.test?x=@bob',
  'https://alice@m.test',
  'xmpp:alice@m.test',
  'é@alice',
  '/@alice',
  '=@alice',
  '@@alice',
  '@alice@',
  '@a@b@c',
  '@https://m.test',
  '@',
  '@ alice',
  '@\u200balice',
  `@${'a'.repeat(256)}`,
  `@a@${'b'.repeat(64)}.test`,
  `@a@${'b.'.repeat(130)}test`,
])('%j mentions nobody', (text) => {
  expect(handles(text)).toEqual([])
})
