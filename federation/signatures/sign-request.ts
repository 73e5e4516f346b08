import { type KeyObject, createHash, sign } from 'node:crypto'
import { type Challenge } from './parse-challenge.ts'
import { signatureBases } from './signature-base.ts'
import type { ParsedSignature, Scheme } from './signature.ts'
import { type BareItem, type InnerList, type Parameters, serializeInnerList } from './structured-fields.ts'

/** A request on its way out; header names in small letters. */
export type UnsignedRequest = { method: string; url: URL; headers: Record<string, string>; body?: Buffer }
export type SigningKey = { keyId: string; privateKey: KeyObject }
export type SigningOptions = { scheme: Scheme; now: Date; challenge?: Challenge }

// Signed wherever they go along: a receiver must be able to tell who said this.
const alsoSigned = ['collection-synchronization']

/**
 * The headers that sign a request with an RSA key, to be added to those it has: exactly what wire.md 3.1 and 3.2 say.
 * To be called when the request is sent, not when it is queued (federation rule 181).
 */
export function signRequest(
  request: UnsignedRequest,
  key: SigningKey,
  options: SigningOptions,
): Record<string, string> {
  return options.scheme === 'cavage' ? signCavage(request, key, options) : signRfc9421(request, key, options)
}

function signCavage(request: UnsignedRequest, { keyId, privateKey }: SigningKey, { now }: SigningOptions) {
  const added: Record<string, string> = { date: now.toUTCString() }
  if (request.body) added['digest'] = `SHA-256=${sha256(request.body)}`
  const headers: Record<string, string> = { ...request.headers, ...added, host: request.url.host }
  const wanted = ['host', 'date', ...(request.body ? ['digest', 'content-type'] : ['accept']), ...alsoSigned]
  const components = ['(request-target)', ...wanted.filter((name) => name in headers)]
  const base = baseOf(request, headers, { scheme: 'cavage', components, parameters: '' })
  const signature = sign('sha256', Buffer.from(base), privateKey).toString('base64')
  const parts = { keyId, algorithm: 'rsa-sha256', headers: components.join(' '), signature }
  return {
    ...added,
    signature: Object.entries(parts)
      .map(([name, value]) => `${name}="${value}"`)
      .join(','),
  }
}

function signRfc9421(
  request: UnsignedRequest,
  { keyId, privateKey }: SigningKey,
  { now, challenge }: SigningOptions,
) {
  const added: Record<string, string> = { date: now.toUTCString() }
  if (request.body) added['content-digest'] = `sha-256=:${sha256(request.body)}:`
  const headers: Record<string, string> = { ...request.headers, ...added, host: request.url.host }
  const usual = ['@method', '@target-uri', '@authority', 'content-digest', 'date', ...alsoSigned]
  const wanted = [...new Set([...usual, ...(challenge?.components ?? [])])]
  const components = wanted.filter((name) => name.startsWith('@') || name in headers)
  const parameters: [string, BareItem][] = [
    ['created', Math.floor(now.getTime() / 1_000)],
    ['keyid', keyId],
    ['alg', 'rsa-v1_5-sha256'],
    ...Object.entries(challenge?.echo ?? {}),
  ]
  const list: InnerList = {
    items: components.map((value) => ({ value, parameters: new Map() as Parameters })),
    parameters: new Map(parameters),
  }
  const label = challenge?.label ?? 'sig1'
  const input = serializeInnerList(list)
  const base = baseOf(request, headers, { scheme: 'rfc9421', components, parameters: input })
  const signature = sign('sha256', Buffer.from(base), privateKey).toString('base64')
  return { ...added, 'signature-input': `${label}=${input}`, signature: `${label}=:${signature}:` }
}

type Unsigned = Pick<ParsedSignature, 'scheme' | 'components' | 'parameters'>

function baseOf(
  { method, url, body }: UnsignedRequest,
  headers: Record<string, string>,
  what: Unsigned,
): string {
  const snapshot = { method, url: url.href, headers, rawBody: body ?? Buffer.alloc(0), now: new Date() }
  return signatureBases(snapshot, { ...what, keyId: '', algorithm: '', signature: Buffer.alloc(0) })[0]!
}

// One body goes to many inboxes.
const digests = new WeakMap<Buffer, string>()

function sha256(body: Buffer): string {
  let digest = digests.get(body)
  if (!digest) digests.set(body, (digest = createHash('sha256').update(body).digest('base64')))
  return digest
}
