import { type Dice } from '#test/support/fuzz'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const ids = [
  '0',
  '-1',
  '1',
  '01',
  '1e3',
  '9223372036854775807',
  '9223372036854775808',
  '1'.repeat(400),
  '1.5',
  '0x1',
]
const numbers = [0, -0, -1, 0.5, 1e21, -1e308, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, 2 ** 63]
const marks = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff\ud800y',
  '\u202e\u200d\ufeff',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'ﷺ'.repeat(300),
  'a\u0301'.repeat(300),
  '\r\nSet-Cookie: a=b',
  '../../../etc/passwd',
  '%00%ff%',
  "' OR 1=1; --",
  '$1 :name ? \\ $$ {0} %s',
  '" > < & \' `',
  '{"a":1}',
  '[[]]',
  'null',
  'undefined',
  'NaN',
  '-Infinity',
  'true',
  'off',
  '__proto__',
  'constructor',
  'toString',
  '2026-02-31T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  '@',
  '@@@@',
  '@a@b@c.invalid',
  `@${'a'.repeat(3000)}@${'b.'.repeat(100)}invalid`,
  'acct:alice@[::1]',
  'https://',
  'https://[/',
  'http://localhost:1/users/a',
  'javascript:alert(1)',
  '#',
  '#'.repeat(2000),
  'x'.repeat(10_240),
  '\n'.repeat(2000),
  '@alice '.repeat(400),
  'en-'.repeat(50),
  '( or ( - "',
  'from:alice has:media before:2026-99-99 "',
]

const deep = (depth: number): Json => {
  let value: Json = 'x'
  for (let at = 0; at < depth; at += 1) value = at % 2 ? [value] : { a: value }
  return value
}

/** A value of any type that a client could send instead of the right one. */
export function hostileValue(dice: Dice): Json {
  const { below, pick } = dice
  const kinds: (() => Json)[] = [
    () => null,
    () => pick([true, false]),
    () => pick(numbers),
    () => pick(ids),
    () => pick(marks),
    () => pick(marks),
    () => String.fromCharCode(...Array.from({ length: 1 + below(12) }, () => below(0x10000))),
    () => Array.from({ length: below(4) }, () => hostileValue(dice)),
    () => Object.fromEntries(Array.from({ length: below(4) }, () => [key(dice), hostileValue(dice)])),
    () => deep(below(60)),
    () => Array.from({ length: 500 }, (_, at) => String(at + 1)),
  ]
  return pick(kinds)()
}

const key = ({ pick }: Dice): string =>
  pick([
    '0',
    '1',
    '-1',
    '99999',
    '',
    'a',
    'id',
    'name',
    'value',
    'last_read_id',
    'options',
    'length',
    '__proto__',
    'constructor',
    'toString',
  ])

/** The pairs that say the same in a form: `a[b][]=c`. */
export function pairsOf(name: string, value: Json): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((each) => pairsOf(`${name}[]`, each))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([inner, each]) => pairsOf(`${name}[${inner}]`, each))
  return [[name, value === null ? '' : String(value)]]
}

const broken = ['%', '%ff%fe', '%c0%80', '%ed%a0%80', '%u0000', '[', ']', '[]=', '&&=&', '+']

/** A query or form of these parameters, now and then with bytes that are no UTF-8. */
export function formOf(params: [string, Json][], { below, pick }: Dice): string {
  const text = params
    .flatMap(([name, value]) => pairsOf(name, value))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
  const at = below(text.length + 1)
  return below(5) === 0 ? text.slice(0, at) + pick(broken) + text.slice(at) : text
}

const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll('%5B', '[').replaceAll('%5D', ']')

/** The same as a multipart body with this boundary, raw bytes and files included. */
export function multipartOf(params: [string, Json][], boundary: string, { below, pick }: Dice): Buffer {
  const parts = params
    .flatMap(([name, value]) => pairsOf(name, value))
    .map(([name, value]) => {
      const isFile = below(8) === 0
      const extra = isFile
        ? `; filename="${pick(['a.png', '../x', '', 'a\\"b', 'é\0'])}"\r\nContent-Type: image/png`
        : ''
      const bytes = below(6) === 0 ? Buffer.from([0xff, 0xfe, 0, 0xed, 0xa0, 0x80]) : Buffer.from(value)
      return Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"${extra}\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      ])
    })
  return Buffer.concat([...parts, Buffer.from(below(8) === 0 ? '' : `--${boundary}--\r\n`)])
}
