import { checkUrl, isPublicAddress } from '#platform/addresses'
import { FetchFailed } from '#platform/http-errors'

const open = { allowPrivate: false, ports: [443] }
const bits = { 4: 32, 6: 128 } as const

// The IANA special-purpose registries (IPv4 of RFC 6890 and its updates, IPv6 likewise) with the multicast, reserved
// and retired blocks beside them.
const registry = [
  '0.0.0.0/8',
  '0.0.0.0/32',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.0.0/29',
  '192.0.0.8/32',
  '192.0.0.9/32',
  '192.0.0.10/32',
  '192.0.0.170/32',
  '192.0.0.171/32',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.88.99.2/32',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '255.255.255.255/32',
  '::/128',
  '::1/128',
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '100:0:0:1::/64',
  '2001::/23',
  '2001::/32',
  '2001:1::1/128',
  '2001:1::2/128',
  '2001:1::3/128',
  '2001:2::/48',
  '2001:3::/32',
  '2001:4:112::/48',
  '2001:10::/28',
  '2001:20::/28',
  '2001:30::/28',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]

const toNumber = (address: string): bigint => {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n)
  const [head = '', tail = ''] = address.split('::')
  const parts = (text: string) => text.split(':').filter((part) => part !== '')
  const middle = Array<string>(8 - parts(head).length - parts(tail).length).fill('0')
  return [...parts(head), ...middle, ...parts(tail)].reduce(
    (sum, part) => (sum << 16n) + BigInt(`0x${part}`),
    0n,
  )
}
const toText = (value: bigint, family: 4 | 6): string => {
  const [count, width] = family === 4 ? [4, 8n] : [8, 16n]
  const parts = Array.from(
    { length: count },
    (_, at) => (value >> (BigInt(count - 1 - at) * width)) & ((1n << width) - 1n),
  )
  return family === 4 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':')
}
const random = (below: bigint): bigint => {
  let value = 0n
  for (let at = 0; at < 5; at++) value = (value << 32n) + BigInt(Math.floor(Math.random() * 2 ** 32))
  return value % below
}
const blocks = registry.map((text) => {
  const [base = '', length] = text.split('/')
  const family = base.includes(':') ? 6 : 4
  const size = 1n << BigInt(bits[family] - Number(length))
  return { text, family, first: toNumber(base), size } as const
})

test.each(blocks)(
  'CVE-2026-33693, CVE-2026-22245, federation rule 88: first, last and any address of $text is refused',
  (block) => {
    const some = Array.from({ length: 50 }, () => block.first + random(block.size))
    for (const value of [block.first, block.first + block.size - 1n, ...some]) {
      expect([toText(value, block.family), isPublicAddress(toText(value, block.family))]).toEqual([
        expect.any(String),
        false,
      ])
    }
  },
)

test('CVE-2026-33693: ten thousand global unicast addresses outside the registries are allowed', () => {
  let allowed = 0
  while (allowed < 10_000) {
    const family = allowed % 2 === 0 ? 4 : 6
    const value = family === 4 ? random(1n << 32n) : (1n << 125n) + random(1n << 125n)
    const isListed = blocks.some((b) => b.family === family && value >= b.first && value < b.first + b.size)
    if (isListed) continue
    expect([toText(value, family), isPublicAddress(toText(value, family))]).toEqual([
      expect.any(String),
      true,
    ])
    allowed++
  }
})

test('GHSA-vwhj-3g83-v276, CVE-2026-47389: no way to write an IPv4 address inside an IPv6 one is allowed', () => {
  const prefixes = [
    0n,
    0xffffn << 32n,
    0xffff0000n << 32n,
    0x64ff9bn << 96n,
    (0x2001n << 112n) + (0xffffn << 64n),
  ]
  for (let round = 0; round < 2_000; round++) {
    const embedded = round % 2 === 0 ? (127n << 24n) + random(1n << 24n) : random(1n << 32n)
    for (const prefix of prefixes) expect(isPublicAddress(toText(prefix + embedded, 6))).toBe(false)
    expect(isPublicAddress(toText((0x2002n << 112n) + (embedded << 80n) + random(1n << 80n), 6))).toBe(false)
  }
  const written = [
    '::127.0.0.1',
    '::7f00:1',
    '::10.0.0.1',
    '::a9fe:a9fe',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ]
  for (const address of [
    ...written,
    '::ffff:169.254.169.254',
    '::ffff:10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '::ffff:0.0.0.0',
  ]) {
    expect([address, isPublicAddress(address)]).toEqual([address, false])
  }
})

test('CVE-2023-42282: what is no plain IP address is never public, however it may be read', () => {
  for (const text of [
    '0x7f.1',
    '127.1',
    '017700000001',
    '2130706433',
    '8.8.8.8 ',
    '08.8.8.8',
    'example.com',
    '',
    'fe80::1%eth0',
    '2606:4700::1%1',
  ]) {
    expect([text, isPublicAddress(text)]).toEqual([text, false])
  }
})

test.each([
  'https://0x7f.1/',
  'https://127.1/',
  'https://017700000001/',
  'https://2130706433/',
  'https://0/',
  'https://0x0/',
  'https://0.0.0.0/',
  'https://[::]/',
  'https://[0:0:0:0:0:0:0:0]/',
  'https://[::ffff:0.0.0.0]/',
  'https://[::1]/',
  'https://１２７.0.0.1/',
  'https://127。0。0。1/',
  'https://%31%32%37.0.0.1/',
  'https:\\\\127.0.0.1/',
  'https:127.0.0.1',
  'https://[::ffff:7f00:1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://169.254.169.254/latest/meta-data',
])('CVE-2023-42282, CVE-2026-46348: %s is refused by the address it is read as', (address) => {
  expect(() => checkUrl(address, open)).toThrow(expect.objectContaining({ problem: 'refused' }))
})

test.each([
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'https://user@example.com/',
  'https://a:b@example.com/',
  'https://example.com:8443/',
  'https://example.com:80/',
  'https://example.com./',
  '//example.com/',
  'example.com',
  '',
  'https://',
  'https://exa mple.com/',
  'https://example.com:99999/',
  `https://example.com/${'a'.repeat(2_048)}`,
])('federation rule 89: an address that is not plain https on an allowed port is refused: %s', (address) => {
  expect(() => checkUrl(address, open)).toThrow(FetchFailed)
})

test('CVE-2023-26159: the address that was checked is the one object that goes on', () => {
  for (const text of [
    'https://good.test\\@127.0.0.1/',
    'https://good.test#@127.0.0.1/',
    'https://good.test?@127.0.0.1/',
  ]) {
    expect(checkUrl(text, open).hostname).toBe('good.test')
  }
  expect(() => checkUrl('https://good.test@127.0.0.1/', open)).toThrow(FetchFailed)
})

test('with private addresses allowed, plain http and any port are fine, credentials still are not', () => {
  const wide = { allowPrivate: true, ports: [443] }
  expect(checkUrl('http://localhost:3001/a', wide).href).toBe('http://localhost:3001/a')
  expect(() => checkUrl('http://a@localhost/', wide)).toThrow(FetchFailed)
  expect(() => checkUrl('gopher://localhost/', wide)).toThrow(FetchFailed)
})

test('an address of more than 2048 characters is refused', () => {
  expect(() => checkUrl(`https://example.com/${'a'.repeat(2_048)}`, open)).toThrow(FetchFailed)
})

test('federation rule 89: the operator can list further ports, and no others are asked', () => {
  const listed = { allowPrivate: false, ports: [443, 8443] }
  expect(checkUrl('https://example.com:8443/', listed).port).toBe('8443')
  expect(() => checkUrl('https://example.com:8080/', listed)).toThrow(FetchFailed)
})
