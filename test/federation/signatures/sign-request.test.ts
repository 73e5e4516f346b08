import '#test/support/temporal'
import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { signRequest as fedifySign, verifyRequest } from '@fedify/fedify/sig'
import { createKeyFinder } from '#federation/signatures/find-key'
import { parseChallenge } from '#federation/signatures/parse-challenge'
import { type UnsignedRequest, signRequest } from '#federation/signatures/sign-request'
import { verifySignature } from '#federation/signatures/verify-signature'
import { documentWorld, memoryKeyStore, rsaPair } from '#test/support/keys'
import { like, now, seconds, sha } from '#test/support/sign-by-hand'

const owner = 'https://kith.example/users/bea'
const keyId = `${owner}#main-key`
const pair = rsaPair()
const key = { keyId, privateKey: createPrivateKey(pair.privateKey) }
const post: UnsignedRequest = {
  method: 'POST',
  url: new URL('https://remote.example/inbox?a=b'),
  headers: { 'content-type': 'application/activity+json' },
  body: like,
}
const get: UnsignedRequest = {
  method: 'GET',
  url: new URL('https://remote.example:8443/a?page=2'),
  headers: { accept: 'application/activity+json' },
}
const date = now.toUTCString()
const isOver = (base: string, signature: string | undefined) =>
  verify('sha256', Buffer.from(base), createPublicKey(pair.publicKey), Buffer.from(signature ?? '', 'base64'))

test('a delivery of draft-cavage is signed exactly as the wire contract says', () => {
  const headers = signRequest(post, key, { scheme: 'cavage', now })
  const digest = `SHA-256=${sha(256, like)}`
  const [, parameters, signature] = /^(.*),signature="([^"]+)"$/.exec(headers['signature']!) ?? []
  expect(Object.keys(headers).sort()).toEqual(['date', 'digest', 'signature'])
  expect(headers).toMatchObject({ date, digest })
  expect(parameters).toBe(
    `keyId="${keyId}",algorithm="rsa-sha256",headers="(request-target) host date digest content-type"`,
  )
  const base = `(request-target): post /inbox?a=b\nhost: remote.example\ndate: ${date}\ndigest: ${digest}\ncontent-type: application/activity+json`
  expect(isOver(base, signature)).toBe(true)
})

test('a fetch of draft-cavage signs target with query, host, date and accept', () => {
  const headers = signRequest(get, key, { scheme: 'cavage', now })
  const [, names, signature] = /headers="([^"]+)",signature="([^"]+)"$/.exec(headers['signature']!) ?? []
  expect(names).toBe('(request-target) host date accept')
  expect(
    isOver(
      `(request-target): get /a?page=2\nhost: remote.example:8443\ndate: ${date}\naccept: application/activity+json`,
      signature,
    ),
  ).toBe(true)
})

test('a delivery of RFC 9421 is signed exactly as the wire contract says', () => {
  const headers = signRequest(post, key, { scheme: 'rfc9421', now })
  const digest = `sha-256=:${sha(256, like)}:`
  const input = `("@method" "@target-uri" "@authority" "content-digest" "date");created=${seconds};keyid="${keyId}";alg="rsa-v1_5-sha256"`
  expect(headers).toMatchObject({ date, 'content-digest': digest, 'signature-input': `sig1=${input}` })
  const base = `"@method": POST\n"@target-uri": https://remote.example/inbox?a=b\n"@authority": remote.example\n"content-digest": ${digest}\n"date": ${date}\n"@signature-params": ${input}`
  expect(isOver(base, /^sig1=:(.+):$/.exec(headers['signature']!)?.[1])).toBe(true)
})

test('a fetch of RFC 9421 has no content digest', () => {
  const headers = signRequest(get, key, { scheme: 'rfc9421', now })
  expect(headers['signature-input']).toMatch(/^sig1=\("@method" "@target-uri" "@authority" "date"\);created=/)
  expect(headers).not.toHaveProperty('content-digest')
})

test.each(['cavage', 'rfc9421'] as const)('a followers digest that goes along is signed: %s', (scheme) => {
  const headers = { ...post.headers, 'collection-synchronization': 'collectionId="x"' }
  const signed = signRequest({ ...post, headers }, key, { scheme, now })
  expect(signed['signature-input'] ?? signed['signature']).toContain('collection-synchronization')
})

test('what a server asks for is covered and sent back', () => {
  const challenge = parseChallenge('sig=("@method" "@target-uri" "content-type");created;nonce="n1";tag="t"')!
  const signed = signRequest(post, key, { scheme: 'rfc9421', now, challenge })
  expect(signed['signature-input']).toMatch(
    /^sig=\("@method" "@target-uri" "@authority" "content-digest" "date" "content-type"\);.*;nonce="n1";tag="t"$/,
  )
})

test.each([
  '',
  'x',
  'sig=("@status")',
  'sig=("@query-param";name="a")',
  'sig=("@method");alg="ed25519"',
  'sig=1',
  `sig=("@method");nonce="${'n'.repeat(5_000)}"`,
])('a demand that cannot be met is none (%#)', (header) => expect(parseChallenge(header)).toBeUndefined())

const judge = async (request: UnsignedRequest, headers: Record<string, string>) => {
  const { fetchDocument } = documentWorld({
    [owner]: { id: owner, publicKey: { id: keyId, owner, publicKeyPem: pair.publicKey } },
  })
  const findKey = createKeyFinder({
    store: memoryKeyStore(),
    fetchDocument,
    checkAddress: (url) => new URL(url),
  })
  const snapshot = {
    method: request.method,
    url: request.url.href,
    headers: { host: request.url.host, ...request.headers, ...headers },
    rawBody: request.body ?? Buffer.alloc(0),
    now,
  }
  return verifySignature(snapshot, findKey, owner)
}

test.each(['cavage', 'rfc9421'] as const)('what is signed here verifies here: %s', async (scheme) => {
  for (const request of [post, get]) {
    expect(await judge(request, signRequest(request, key, { scheme, now }))).toEqual({
      ok: true,
      keyId,
      owner,
    })
  }
})

const plainPost = { ...post, url: new URL('https://remote.example/inbox') }
const actor = {
  '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
  id: owner,
  type: 'Person',
  publicKey: { id: keyId, owner, publicKeyPem: pair.publicKey },
}

test.each(['cavage', 'rfc9421'] as const)('what is signed here verifies at Fedify: %s', async (scheme) => {
  const headers = {
    ...plainPost.headers,
    host: 'remote.example',
    ...signRequest(plainPost, key, { scheme, now }),
  }
  const request = new Request(plainPost.url, { method: 'POST', headers, body: new Uint8Array(like) })
  const found = await verifyRequest(request, {
    currentTime: Temporal.Instant.from(now.toISOString()),
    documentLoader: async (url) => ({ contextUrl: null, documentUrl: url, document: actor }),
  })
  expect(found?.id?.href).toBe(keyId)
})

test.each(['draft-cavage-http-signatures-12', 'rfc9421'] as const)(
  'what Fedify signs verifies here: %s',
  async (spec) => {
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      key.privateKey.export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      true,
      ['sign'],
    )
    const request = new Request(plainPost.url, {
      method: 'POST',
      headers: plainPost.headers,
      body: new Uint8Array(like),
    })
    const signed = await fedifySign(request, privateKey, new URL(keyId), {
      spec,
      currentTime: Temporal.Instant.from(now.toISOString()),
    })
    expect(await judge(plainPost, Object.fromEntries(signed.headers))).toEqual({ ok: true, keyId, owner })
  },
)
