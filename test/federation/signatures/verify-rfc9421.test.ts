import { constants, generateKeyPairSync } from 'node:crypto'
import { createKeyFinder } from '#federation/signatures/find-key'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { verifySignature } from '#federation/signatures/verify-signature'
import { documentWorld, memoryKeyStore, multikey, rsaPair } from '#test/support/keys'
import {
  type Key,
  delivery,
  keyId,
  like,
  now,
  rfc9421Headers,
  rfc9421Lines,
  seconds,
  sha,
  usualParameters,
} from '#test/support/sign-by-hand'

const owner = 'https://remote.example/users/ann'
const other = 'https://remote.example/users/eve'
const rsa = rsaPair()
const ed = generateKeyPairSync('ed25519')
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const world = documentWorld({
  [owner]: {
    id: owner,
    publicKey: { id: keyId, owner, publicKeyPem: rsa.publicKey },
    assertionMethod: [
      { id: `${owner}#ed`, type: 'Multikey', controller: owner, publicKeyMultibase: multikey(ed.publicKey) },
      { id: `${owner}#ec`, type: 'Multikey', controller: owner, publicKeyMultibase: multikey(ec.publicKey) },
    ],
  },
  [other]: { id: other, publicKey: { id: `${other}#main-key`, owner: other, publicKeyPem: rsa.publicKey } },
})
const findKey = createKeyFinder({
  store: memoryKeyStore(),
  fetchDocument: world.fetchDocument,
  checkAddress: (url) => new URL(url),
})
const judge = async (request: RequestSnapshot, actor?: string) => {
  const verdict = await verifySignature(request, findKey, actor)
  return verdict.ok ? verdict.owner : verdict.reason
}
const contentDigest = `sha-256=:${sha(256, like)}:`
const post = (headers: RequestSnapshot['headers'], more: Partial<RequestSnapshot> = {}) =>
  delivery({ digest: undefined, 'content-digest': contentDigest, ...headers }, more)
const signed = (lines = rfc9421Lines(), parameters = usualParameters) =>
  rfc9421Headers(rsa.privateKey, lines, parameters)
const at = (offset: number) => new Date(now.getTime() + offset * 1_000)
type Lines = Parameters<typeof rfc9421Headers>[1]
const change = (name: string, value?: string): Lines =>
  rfc9421Lines().flatMap(([line, old]): Lines =>
    line === name ? (value === undefined ? [] : [[line, value]]) : [[line, old]],
  )

test('a delivery that its actor signed is that actor’s', async () => {
  expect(await judge(post(signed()), owner)).toBe(owner)
  expect(await judge(post(signed()), other)).toBe('other-actor')
})

test.each(['@method', '@target-uri', 'content-digest'])('rules 3, 11: %s must be covered', async (name) => {
  expect(await judge(post(signed(change(name))))).toBe('coverage')
})

test('rule 11: authority with path and query do in place of the target', async () => {
  const three: Lines = [
    ['@authority', 'kith.example'],
    ['@path', '/inbox'],
    ['@query', '?'],
  ]
  expect(await judge(post(signed([...change('@target-uri'), ...three])))).toBe(owner)
  for (const left of [0, 1, 2]) {
    const two = three.filter((_, index) => index !== left)
    expect(await judge(post(signed([...change('@target-uri'), ...two])))).toBe('coverage')
  }
})

test.each([
  ['@method', 'GET'],
  ['@target-uri', 'https://kith.example/other'],
  ['@target-uri', 'https://other.example/inbox'],
  ['@target-uri', 'http://kith.example/inbox'],
])('rule 11: %s signed as %s does not fit', async (name, value) => {
  expect(await judge(post(signed(change(name, value))))).toBe('mismatch')
})

test('rule 9: a request for another host is refused', async () => {
  expect(await judge(post({ ...signed(), host: 'other.example' }))).toBe('host')
})

test('every derived part has its own value', async () => {
  const lines: Lines = [
    ...rfc9421Lines(),
    ['@authority', 'kith.example'],
    ['@scheme', 'https'],
    ['@request-target', '/inbox?a=b'],
    ['@path', '/inbox'],
    ['@query', '?a=b'],
  ]
  const targeted = lines.map(([name, value]): [string, string | number] => [
    name,
    name === '@target-uri' ? `${value}?a=b` : value,
  ])
  expect(await judge(post(signed(targeted), { url: 'https://kith.example/inbox?a=b' }))).toBe(owner)
})

test.each(['@status', '@query-param', '@unknown', 'x-not-there'])(
  'a covered %s that has no value is refused',
  async (name) => {
    expect(await judge(post(signed([...rfc9421Lines(), [name, '']])))).toBe('coverage')
  },
)

test('a covered header that came on several lines is joined', async () => {
  expect(
    await judge(post({ ...signed([...rfc9421Lines(), ['x-list', 'a, b']]), 'x-list': ['a ', ' b'] })),
  ).toBe(owner)
  expect(await judge(post({ ...signed([...rfc9421Lines(), ['date', 'a, b']]), date: ['a', 'b'] }))).toBe(
    'malformed',
  )
})

test('rules 6, 7: the time of creation is needed and must be within an hour, or twelve with an expiry', async () => {
  const timed = (parameters: string) => signed(rfc9421Lines(), `${parameters};keyid="${keyId}"`)
  expect(await judge(post(timed('')))).toBe('coverage')
  expect(await judge(post(timed(`;created=${seconds}`), { now: at(3_590) }))).toBe(owner)
  expect(await judge(post(timed(`;created=${seconds}`), { now: at(3_610) }))).toBe('time')
  expect(await judge(post(timed(`;created=${seconds}`), { now: at(-3_610) }))).toBe('time')
  const expiring = timed(`;created=${seconds};expires=${seconds + 90_000}`)
  expect(await judge(post(expiring, { now: at(43_100) }))).toBe(owner)
  expect(await judge(post(expiring, { now: at(43_300) }))).toBe('time')
  expect(await judge(post(timed(`;created=${seconds};expires=${seconds + 5}`), { now: at(10) }))).toBe('time')
  expect(await judge(post(timed(`;created="${seconds}"`)))).toBe('malformed')
})

test('rules 2, 4: the body must fit its content digest, in either length', async () => {
  expect(await judge(post(signed(), { rawBody: Buffer.from('{}') }))).toBe('digest')
  const long = `sha-512=:${sha(512, like)}:`
  expect(await judge(post({ ...signed(change('content-digest', long)), 'content-digest': long }))).toBe(owner)
  const odd = 'md5=:rL0Y20zC+Fzt72VPzMSk2A==:'
  expect(await judge(post({ ...signed(change('content-digest', odd)), 'content-digest': odd }))).toBe(
    'digest',
  )
  const twice = `${contentDigest}, ${contentDigest}`
  expect(await judge(post({ ...signed(change('content-digest', twice)), 'content-digest': twice }))).toBe(
    'digest',
  )
  const legacy: Lines = [...change('content-digest'), ['digest', `SHA-256=${sha(256, like)}`]]
  expect(await judge(delivery(signed(legacy)))).toBe('coverage')
})

test('rule 10: a GET verifies with its query signed or left out', async () => {
  const ask = (target: string, url: string) => {
    const headers = signed([
      ['@method', 'GET'],
      ['@target-uri', `https://kith.example${target}`],
    ])
    return judge(
      delivery(
        { ...headers, digest: undefined },
        { method: 'GET', url: `https://kith.example${url}`, rawBody: Buffer.alloc(0) },
      ),
    )
  }
  expect(await ask('/a?b', '/a?b')).toBe(owner)
  expect(await ask('/a', '/a?b')).toBe(owner)
  expect(await ask('/a?c', '/a?b')).toBe('mismatch')
})

const kinds: [string, string, Key, string | null, string, boolean][] = [
  ['rsa-v1_5-sha256', '#main-key', rsa.privateKey, 'sha256', 'rsa-v1_5-sha256', true],
  ['RSA, unnamed', '#main-key', rsa.privateKey, 'sha256', '', true],
  ['rsa-v1_5-sha512', '#main-key', rsa.privateKey, 'sha512', 'rsa-v1_5-sha512', true],
  ['RSA with SHA-1', '#main-key', rsa.privateKey, 'sha1', 'rsa-v1_5-sha1', false],
  ['Ed25519', '#ed', ed.privateKey, null, 'ed25519', true],
  ['Ed25519, unnamed', '#ed', ed.privateKey, null, '', true],
  ['P-256', '#ec', { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }, 'sha256', 'ecdsa-p256-sha256', true],
  ['P-256, unnamed', '#ec', { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }, 'sha256', '', true],
  ['P-256 in DER', '#ec', ec.privateKey, 'sha256', 'ecdsa-p256-sha256', false],
  ['hmac-sha256', '#main-key', rsa.privateKey, 'sha256', 'hmac-sha256', false],
  ['hs2019, which is no name here', '#main-key', rsa.privateKey, 'sha256', 'hs2019', false],
  ['a name for another kind of key', '#ed', ed.privateKey, null, 'rsa-v1_5-sha256', false],
]

test.each(kinds)('rule 13, CVE-2015-9235: %s', async (_, fragment, key, hash, name, isGood) => {
  const parameters = `;created=${seconds};keyid="${owner}${fragment}"${name && `;alg="${name}"`}`
  const outcome = await judge(post(rfc9421Headers(key, rfc9421Lines(), parameters, hash)))
  expect(outcome).toEqual(isGood ? owner : expect.stringMatching(/algorithm|mismatch/))
})

test('RSA-PSS verifies under its name and no other', async () => {
  const { createPrivateKey } = await import('node:crypto')
  const key = {
    key: createPrivateKey(rsa.privateKey),
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 64,
  }
  const named = (name: string) =>
    post(rfc9421Headers(key, rfc9421Lines(), `${usualParameters};alg="${name}"`, 'sha512'))
  expect(await judge(named('rsa-pss-sha512'))).toBe(owner)
  expect(await judge(named('rsa-v1_5-sha512'))).toBe('mismatch')
})

const both = (one: Record<string, string>, two: Record<string, string>) => ({
  'signature-input': [one['signature-input']!, two['signature-input']!],
  signature: `${one['signature']}, ${two['signature']}`,
})
const bad = () => {
  const headers = rfc9421Headers(rsa.privateKey, rfc9421Lines(), usualParameters, 'sha256', 'bad')
  return { ...headers, signature: headers.signature.replace(/:..../, ':AAAA') }
}

test('rule 12: one good signature of the actor is enough, wherever it stands', async () => {
  const eve = rfc9421Headers(
    rsa.privateKey,
    rfc9421Lines(),
    `;created=${seconds};keyid="${other}#main-key"`,
    'sha256',
    'eve',
  )
  for (const headers of [
    both(bad(), signed()),
    both(signed(), bad()),
    both(eve, signed()),
    both(signed(), eve),
  ]) {
    expect(await judge(post(headers), owner)).toBe(owner)
  }
  expect(await judge(post(both(bad(), eve)), owner)).toBe('other-actor')
  expect(await judge(post(bad()), owner)).toBe('mismatch')
})

test('rule 12: one unreadable member does not spoil the other, a label that comes twice does', async () => {
  const tagged = { 'signature-input': 'x=("@method";req);created=1;keyid="a"', signature: 'x=:AAAA:' }
  expect(await judge(post(both(tagged, signed())))).toBe(owner)
  expect(await judge(post(both({ 'signature-input': 'x=1', signature: 'x="no"' }, signed())))).toBe(owner)
  expect(await judge(post(both(signed(), signed())))).toBe('malformed')
  const many = ['a', 'b', 'c', 'd'].map((label) =>
    rfc9421Headers(rsa.privateKey, rfc9421Lines(), usualParameters, 'sha256', label),
  )
  expect(
    await judge(
      post(
        many.reduce<Record<string, string>>(
          (sum, each) => ({
            'signature-input': `${sum['signature-input']}, ${each['signature-input']}`,
            signature: `${sum['signature']}, ${each['signature']}`,
          }),
          signed(),
        ),
      ),
    ),
  ).toBe('malformed')
})

test('parameters of all kinds are signed along', async () => {
  const more = `${usualParameters};nonce="a\\"b";tag="app";n=-5;flag;no=?0;bin=:AQI=:;tok=a/b`
  expect(await judge(post(signed(rfc9421Lines(), more)))).toBe(owner)
  const headers = signed(rfc9421Lines(), more)
  const changed = headers['signature-input'].replace('tag="app"', 'tag="ape"')
  expect(await judge(post({ ...headers, 'signature-input': changed }))).toBe('mismatch')
})

test.each([
  ['no label', '("@method")'],
  ['no parenthesis', 'sig1=("@method" "@target-uri"'],
  ['a component twice', `sig1=("@method" "@method" "@target-uri" "content-digest")${usualParameters}`],
  ['capital letters', `sig1=("@Method" "@target-uri" "content-digest")${usualParameters}`],
  ['a parameter twice', `sig1=("@method" "@target-uri" "content-digest")${usualParameters};created=1`],
  ['no key id', `sig1=("@method" "@target-uri" "content-digest");created=${seconds}`],
  [
    'a key id that is a token',
    `sig1=("@method" "@target-uri" "content-digest");created=${seconds};keyid=abc`,
  ],
  ['a decimal', `sig1=("@method" "@target-uri" "content-digest");created=1.5;keyid="${keyId}"`],
  ['a trailing comma', `sig1=("@method" "@target-uri" "content-digest")${usualParameters},`],
  ['control characters', `sig1=("@method" "@target-uri" "content-digest")${usualParameters};x="\u0001"`],
  ['nothing', ''],
])('CVE-2026-28432: a Signature-Input with %s is refused', async (_, input) => {
  expect(await judge(post({ ...signed(), 'signature-input': input }))).toMatch(/malformed|missing/)
})
