import { type InnerList, parseDictionary, serializeInnerList } from '#federation/signatures/structured-fields'

const member = (text: string) => parseDictionary(text).get('a')

test('items of every kind are read', () => {
  const read = (text: string) => member(`a=${text}`)
  expect(read('"x \\"y\\" \\\\"')).toMatchObject({ value: 'x "y" \\' })
  expect(read('-12')).toMatchObject({ value: -12 })
  expect(read('?1')).toMatchObject({ value: true })
  expect(read('?0')).toMatchObject({ value: false })
  expect(read(':aGVsbG8=:')).toMatchObject({ value: Buffer.from('hello') })
  expect(read('*foo/bar:x')).toMatchObject({ value: { token: '*foo/bar:x' } })
  expect(member('a')).toMatchObject({ value: true })
})

test('an inner list keeps its items, their parameters and its own', () => {
  const list = member('a=( "x";k;n=1  "y" );p="q";t=tok') as InnerList
  expect(list.items.map((each) => [each.value, [...each.parameters]])).toEqual([
    [
      'x',
      [
        ['k', true],
        ['n', 1],
      ],
    ],
    ['y', []],
  ])
  expect(serializeInnerList(list)).toBe('("x";k;n=1 "y");p="q";t=tok')
})

test('several members are parted by commas with spaces or tabs around', () => {
  expect([...parseDictionary('  a=1 \t, b=2,c')].map(([key]) => key)).toEqual(['a', 'b', 'c'])
  expect(parseDictionary('')).toEqual(new Map())
})

test.each([
  'a=1,',
  'a=1,,b=2',
  'A=1',
  'a =1',
  'a= 1',
  'a=1 b=2',
  'a="x',
  'a="\\x"',
  'a="\u00e9"',
  'a="\u0007"',
  'a=:x',
  'a=:x y:',
  'a=1.5',
  'a=1234567890123456',
  'a=(1',
  'a=(1"x")',
  'a=("x",)',
  'a=();',
  'a=1;',
  'a=?2',
  'a=@1',
  ',a=1',
  'a=1, a=2',
  'a=1;b;b',
  '=1',
])('what the grammar does not allow, and a key that comes twice, is an error: %j', (text) =>
  expect(() => parseDictionary(text)).toThrow(SyntaxError),
)

test('long fields take time in proportion to their length', () => {
  const hostile = [
    'a="' + '\\'.repeat(50_000),
    'a=' + '('.repeat(50_000),
    'a=' + '"x" '.repeat(20_000),
    ' '.repeat(50_000) + 'é',
    'a=:' + 'A'.repeat(50_000),
    'a' + ';b'.repeat(30_000),
  ]
  const start = performance.now()
  for (const text of hostile) expect(() => parseDictionary(text)).toThrow(SyntaxError)
  expect(performance.now() - start).toBeLessThan(5_000)
})
