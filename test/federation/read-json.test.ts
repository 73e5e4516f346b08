import { readJson } from '#federation/read-json'
import { Invalid } from '#platform/errors'

const read = (text: string | Buffer) => readJson(Buffer.from(text))
const nested = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)

test('rule 36: 64 levels are read and 65 are not', () => {
  expect(read(nested(64))).toHaveProperty('a')
  expect(() => read(nested(65))).toThrow(Invalid)
  expect(() => read(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`)).toThrow(Invalid)
  expect(read(JSON.stringify({ a: `${'['.repeat(100)}"\\"${'{'.repeat(100)}` }))).toHaveProperty('a')
})

test('rule 36: 50 000 values are read and one more is not', () => {
  expect(read(JSON.stringify({ a: Array(49_998).fill(1) }))).toHaveProperty('a')
  expect(() => read(JSON.stringify({ a: Array(49_999).fill(1) }))).toThrow(Invalid)
})

test('rule 37: of two equal names the last one counts', () => {
  expect(read('{"actor":"a","actor":"b"}')).toEqual({ actor: 'b' })
})

test.each(['', '[]', '"x"', '1', 'null', '{', '{"a":1}x', '{a:1}', "{'a':1}", 'NaN'])(
  '%j is no JSON object',
  (text) => {
    expect(() => read(text)).toThrow(Invalid)
  },
)

test('what is not UTF-8 is refused, a mark at the beginning is not', () => {
  expect(() => read(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(Invalid)
  expect(read('\uFEFF{"a":1}')).toEqual({ a: 1 })
})

test('characters that the database cannot store are replaced in values and refused in names', () => {
  expect(read('{"a":"x\\u0000y","b":["\\ud800"]}')).toEqual({ a: 'x\uFFFDy', b: ['\uFFFD'] })
  expect(() => read('{"\\u0000":1}')).toThrow(Invalid)
})

test('a name like __proto__ is only a name', () => {
  const value = read('{"__proto__":{"isAdmin":true,"x":"\\u0000"}}')
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(value).not.toHaveProperty('isAdmin')
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
})

test('R-083: hostile bodies of a megabyte take time in proportion to their length', () => {
  const wide = `{${Array.from({ length: 90_000 }, (_, at) => `"k${at}":1`).join(',')}}`
  const hostile = [
    '['.repeat(1e6),
    '{"a":'.repeat(2e5),
    wide,
    `{"a":${'1'.repeat(1e6)}}`,
    `{"a":"${'\\'.repeat(1e6)}`,
    `[${'[],'.repeat(3e5)}`,
  ]
  const timed = (body: Buffer) => {
    const start = performance.now()
    expect(() => readJson(body)).toThrow(Invalid)
    return performance.now() - start
  }
  // On an idle machine less than 50 ms each; what grows faster than the body takes many seconds anywhere.
  const times = hostile.map((text) => Math.min(...[1, 2, 3].map(() => timed(Buffer.from(text)))))
  expect(Math.max(...times)).toBeLessThan(1000)
})
