import { createKeyFinder } from '#federation/signatures/find-key'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { verifySignature } from '#federation/signatures/verify-signature'
import { documentWorld, memoryKeyStore, rsaPair } from '#test/support/keys'
import {
  cavageHeader,
  cavageLines,
  delivery,
  keyId,
  like,
  now,
  seconds,
  sha,
} from '#test/support/sign-by-hand'

const { publicKey, privateKey } = rsaPair()
const owner = 'https://remote.example/users/ann'
const world = documentWorld({
  [owner]: { id: owner, type: 'Person', publicKey: { id: keyId, owner, publicKeyPem: publicKey } },
})
const store = memoryKeyStore()
const findKey = createKeyFinder({
  store,
  fetchDocument: world.fetchDocument,
  checkAddress: (url) => new URL(url),
})
const judge = async (request: RequestSnapshot, actor?: string) => {
  const verdict = await verifySignature(request, findKey, actor)
  return verdict.ok ? verdict.owner : verdict.reason
}
const signed = (lines = cavageLines(), parameters = {}) => ({
  signature: cavageHeader(privateKey, lines, parameters),
})
const without = (name: string) => cavageLines().filter(([line]) => line !== name)
const at = (offset: number) => new Date(now.getTime() + offset * 1_000)

test('a delivery that its actor signed is that actor’s', async () => {
  expect(await judge(delivery(signed()), owner)).toBe(owner)
  expect(await judge(delivery(signed()))).toBe(owner)
})

test('CVE-2025-54888, GTS-0.13.2, rule 16: the actor must own the key', async () => {
  expect(await judge(delivery(signed()), 'https://remote.example/users/eve')).toBe('other-actor')
  expect(await judge(delivery(signed()), 'https://remote.example/users/ann/')).toBe('other-actor')
  expect(await judge(delivery(signed()), 'not an address')).toBe('other-actor')
  const verdict = await verifySignature(delivery(signed()), findKey, 'https://other.example/users/eve')
  expect(verdict).toMatchObject({ ok: false, status: 401, signer: { keyId, owner } })
})

test('rule 1: without a signature nothing is fetched', async () => {
  const before = world.fetched.length
  expect(await judge(delivery({}))).toBe('missing')
  expect(world.fetched.length).toBe(before)
})

test('rules 2, 8: a body that differs by one byte is refused, also under a signature seen before', async () => {
  const changed = Buffer.from(like)
  changed[20]! ^= 1
  expect(await judge(delivery(signed(), { rawBody: changed }))).toBe('digest')
  const digest = `SHA-256=${sha(256, changed)}`
  expect(await judge(delivery({ ...signed(), digest }, { rawBody: changed }))).toBe('mismatch')
})

test.each(['(request-target)', 'host', 'date', 'digest'])('rules 3, 7: %s must be signed', async (name) => {
  expect(await judge(delivery(signed(without(name))))).toBe('coverage')
})

test('rules 3, 7: a signature that names no headers covers too little', async () => {
  const header = cavageHeader(privateKey, [['date', now.toUTCString()]]).replace(/,headers="[^"]*"/, '')
  expect(await judge(delivery({ signature: header }))).toBe('coverage')
})

test('rule 4: a delivery needs a digest', async () => {
  expect(await judge(delivery({ ...signed(without('digest')), digest: undefined }))).toBe('coverage')
  expect(await judge(delivery({ ...signed(), digest: undefined }))).toBe('digest')
})

test.each([
  ['SHA-512 alone', `SHA-512=${sha(512, like)}`, owner],
  ['both', `SHA-256=${sha(256, like)},SHA-512=${sha(512, like)}`, owner],
  ['small letters', `sha-256=${sha(256, like)}`, owner],
  ['an unknown one beside', `unixsum=30637,SHA-256=${sha(256, like)}`, owner],
  ['one right and one wrong', `SHA-256=${sha(256, like)},SHA-512=${sha(512, Buffer.from('x'))}`, 'digest'],
  ['the same twice', `SHA-256=${sha(256, like)},SHA-256=${sha(256, like)}`, 'digest'],
  ['only an unknown one', 'MD5=rL0Y20zC+Fzt72VPzMSk2A==', 'digest'],
  ['nothing readable', 'SHA-256', 'digest'],
  ['cut short', `SHA-256=${sha(256, like).slice(0, 20)}`, 'digest'],
])('a digest with %s', async (_, digest, outcome) => {
  const lines = cavageLines().map(([name, value]): [string, string | number] => [
    name,
    name === 'digest' ? digest : value,
  ])
  expect(await judge(delivery({ ...signed(lines), digest }))).toBe(outcome)
})

test('rule 2: a Content-Digest beside it must fit too', async () => {
  const wrong = { ...signed(), 'content-digest': `sha-256=:${sha(256, Buffer.from('x'))}:` }
  expect(await judge(delivery(wrong))).toBe('digest')
})

test('rule 6: an hour either way is allowed, more is not', async () => {
  expect(await judge(delivery(signed(), { now: at(3_590) }))).toBe(owner)
  expect(await judge(delivery(signed(), { now: at(-3_590) }))).toBe(owner)
  expect(await judge(delivery(signed(), { now: at(3_610) }))).toBe('time')
  expect(await judge(delivery(signed(), { now: at(-3_610) }))).toBe('time')
})

const hs2019 = (more: [string, string | number][], parameters: Record<string, string | number>) =>
  signed([...without('date'), ...more], { algorithm: 'hs2019', ...parameters })

test('(created) and (expires) stand in for the date with hs2019 and no other algorithm', async () => {
  const created: [string, number] = ['(created)', seconds]
  expect(await judge(delivery({ ...hs2019([created], { created: seconds }), date: undefined }))).toBe(owner)
  expect(await judge(delivery(hs2019([created], { created: String(seconds) })))).toBe(owner)
  expect(await judge(delivery(hs2019([created], { created: seconds, algorithm: 'rsa-sha256' })))).toBe(
    'coverage',
  )
  expect(await judge(delivery(hs2019([created], {})))).toBe('time')
  expect(await judge(delivery(hs2019([created], { created: 'soon' })))).toBe('malformed')
})

test('rule 6: a signed expiry counts for twelve hours and no longer', async () => {
  const half = 43_200
  const header = (expires: number) =>
    hs2019(
      [
        ['(created)', seconds],
        ['(expires)', expires],
      ],
      { created: seconds, expires },
    )
  expect(await judge(delivery(header(seconds + half), { now: at(half - 10) }))).toBe(owner)
  expect(await judge(delivery(header(seconds + 2 * half), { now: at(half + 10) }))).toBe('time')
  expect(await judge(delivery(header(seconds + 60), { now: at(70) }))).toBe('time')
  const unsigned = hs2019([['(created)', seconds]], { created: seconds, expires: seconds + half })
  expect(await judge(delivery(unsigned, { now: at(7_200) }))).toBe('time')
})

test.each(['yesterday', '2026-03-04T10:11:12Z', 'Wed, 04 Mar 2026 10:11:12', '1772619072', ''])(
  'a date that is no HTTP date is refused: %j',
  async (date) => {
    const lines = cavageLines().map(([name, value]): [string, string | number] => [
      name,
      name === 'date' ? date : value,
    ])
    expect(await judge(delivery({ ...signed(lines), date }))).toBe('time')
  },
)

test('rule 9: a request signed for another host is refused', async () => {
  const lines = cavageLines().map(([name, value]): [string, string | number] => [
    name,
    name === 'host' ? 'other.example' : value,
  ])
  expect(await judge(delivery({ ...signed(lines), host: 'other.example' }))).toBe('host')
  expect(await judge(delivery(signed(lines)))).toBe('mismatch')
  expect(await judge(delivery({ ...signed(), host: undefined }))).toBe('host')
})

test('rule 9: the host counts without its case and the port that https has anyway', async () => {
  const lines = cavageLines().map(([name, value]): [string, string | number] => [
    name,
    name === 'host' ? 'Kith.example:443' : value,
  ])
  expect(await judge(delivery({ ...signed(lines), host: 'Kith.example:443' }))).toBe(owner)
  expect(await judge(delivery({ ...signed(lines), host: 'kith.example:8443' }))).toBe('host')
})

const asked = (target: string, url: string, method = 'GET') => {
  const lines: [string, string][] = [
    ['(request-target)', target],
    ['host', 'kith.example'],
    ['date', now.toUTCString()],
  ]
  return delivery(
    { ...signed(lines), digest: undefined },
    { method, url: `https://kith.example${url}`, rawBody: Buffer.alloc(0) },
  )
}

test('rules 5, 10: a GET verifies with its query signed or left out, and with no other target', async () => {
  expect(await judge(asked('get /a?page=2', '/a?page=2'))).toBe(owner)
  expect(await judge(asked('get /a', '/a?page=2'))).toBe(owner)
  expect(await judge(asked('get /a?page=3', '/a?page=2'))).toBe('mismatch')
  expect(await judge(asked('get /a?', '/a?page=2'))).toBe('mismatch')
  expect(await judge(asked('get /b', '/a?page=2'))).toBe('mismatch')
  expect(await judge(asked('get /a?page=2', '/a'))).toBe('mismatch')
  expect(await judge(asked('post /a', '/a'))).toBe('mismatch')
})

test('rule 10: the target is compared as it was sent, not as a parser would write it', async () => {
  expect(await judge(asked('get /a/../b//c%7e', '/a/../b//c%7e'))).toBe(owner)
  expect(await judge(asked('get /b//c~', '/a/../b//c%7e'))).toBe('mismatch')
})

test('rule 10: a POST with a query has its query signed', async () => {
  const url = 'https://kith.example/inbox?a=b'
  expect(await judge(delivery(signed(), { url }))).toBe('mismatch')
  const lines = cavageLines().map(([name, value]): [string, string | number] => [
    name,
    name === '(request-target)' ? 'post /inbox?a=b' : value,
  ])
  expect(await judge(delivery(signed(lines), { url }))).toBe(owner)
})

test.each(['host', 'date', 'digest', 'signature', 'content-type'])(
  'CVE-2026-28432: a second %s header is refused',
  async (name) => {
    const lines: [string, string | number][] = [...cavageLines(), ['content-type', 'a/b']]
    const request = delivery({ ...signed(lines), 'content-type': 'a/b' })
    const once = String(request.headers[name])
    expect(await judge(request)).toBe(owner)
    expect(await judge({ ...request, headers: { ...request.headers, [name]: [once, once] } })).toBe(
      'malformed',
    )
  },
)

test.each([
  ['a parameter twice', (header: string) => `${header},keyId="${keyId}"`],
  ['a parameter twice in another case', (header: string) => `${header},KEYID="${keyId}"`],
  ['a signed header twice', (header: string) => header.replace('host date', 'host host date')],
  ['no key id', (header: string) => header.replace('keyId', 'key')],
  ['an empty signature', (header: string) => header.replace(/signature="[^"]*"/, 'signature=""')],
  ['junk in the signature', (header: string) => header.replace('signature="', 'signature="!')],
  ['spaces in the signature', (header: string) => header.replace('signature="', 'signature=" ')],
  ['an open quote', (header: string) => header.slice(0, -1)],
  ['junk between', (header: string) => header.replace('",', '";')],
  ['nothing', () => ''],
  ['commas', () => ',,,,'],
])('CVE-2026-28432: a Signature header with %s is refused', async (_, change) => {
  expect(await judge(delivery({ signature: change(signed().signature) }))).toMatch(/malformed|missing/)
})

test('parameters may come in any order, with spaces and unknown ones beside them', async () => {
  const parts = signed().signature.split(',').reverse()
  expect(await judge(delivery({ signature: `${parts.join(' , ')}, opaque="a, b=\\"c"` }))).toBe(owner)
})

test.each(['none', 'hmac-sha256', 'hmac-sha512', 'rsa-sha1', 'ed25519', 'ecdsa-sha256', 'rsa-sha512', 'x'])(
  'CVE-2015-9235, rule 13: algorithm %s does not let an RSA signature over SHA-256 pass',
  async (algorithm) => {
    expect(await judge(delivery(signed(cavageLines(), { algorithm })))).toMatch(/algorithm|mismatch/)
  },
)

test('rule 13: rsa-sha256, hs2019 or no name at all are RSA with SHA-256, rsa-sha512 is with SHA-512', async () => {
  const nameless = signed().signature.replace('algorithm="rsa-sha256",', '')
  expect(await judge(delivery({ signature: nameless }))).toBe(owner)
  expect(await judge(delivery(signed(cavageLines(), { algorithm: 'hs2019' })))).toBe(owner)
  expect(await judge(delivery(signed(cavageLines(), { algorithm: 'RSA-SHA256' })))).toBe(owner)
  const long = cavageHeader(privateKey, cavageLines(), { algorithm: 'rsa-sha512' }, 'sha512')
  expect(await judge(delivery({ signature: long }))).toBe(owner)
  const old = cavageHeader(privateKey, cavageLines(), {}, 'sha1')
  expect(await judge(delivery({ signature: old }))).toBe('mismatch')
})

test('rule 13: a public key is no HMAC secret', async () => {
  const { createHmac } = await import('node:crypto')
  const base = cavageLines()
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
  const forged = createHmac('sha256', publicKey).update(base).digest('base64')
  for (const algorithm of ['hmac-sha256', 'hs2019', 'rsa-sha256']) {
    const header = signed(cavageLines(), { algorithm, signature: forged })
    expect(await judge(delivery(header))).toMatch(/algorithm|mismatch/)
  }
})
