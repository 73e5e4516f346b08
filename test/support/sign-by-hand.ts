import { type KeyObject, type SignKeyObjectInput, createHash, sign } from 'node:crypto'
import type { RequestSnapshot } from '#federation/signatures/signature'

export const now = new Date('2026-03-04T10:11:12Z')
export const seconds = now.getTime() / 1_000
export const like = Buffer.from(
  '{"id":"https://remote.example/likes/1","type":"Like","actor":"https://remote.example/users/ann","object":"https://kith.example/posts/1"}',
)
export const keyId = 'https://remote.example/users/ann#main-key'

export const sha = (bits: 256 | 512, body: Buffer) => createHash(`sha${bits}`).update(body).digest('base64')

export type Key = KeyObject | string | SignKeyObjectInput
type Lines = [name: string, value: string | number][]

/** The signature header of draft-cavage over lines that the test writes itself. */
export function cavageHeader(
  key: Key,
  lines: Lines,
  parameters: Record<string, string | number> = {},
  hash = 'sha256',
): string {
  const base = lines.map(([name, value]) => `${name}: ${value}`).join('\n')
  const all: Record<string, string | number> = {
    keyId,
    algorithm: 'rsa-sha256',
    headers: lines.map(([name]) => name).join(' '),
    signature: sign(hash, Buffer.from(base), key).toString('base64'),
    ...parameters,
  }
  return Object.entries(all)
    .map(([name, value]) => (typeof value === 'number' ? `${name}=${value}` : `${name}="${value}"`))
    .join(',')
}

/** Signature-Input and Signature of RFC 9421 over lines that the test writes itself. */
export function rfc9421Headers(
  key: Key,
  lines: Lines,
  parameters: string,
  hash: string | null = 'sha256',
  label = 'sig1',
) {
  const input = `(${lines.map(([name]) => `"${name}"`).join(' ')})${parameters}`
  const base = [...lines.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${input}`].join(
    '\n',
  )
  return {
    'signature-input': `${label}=${input}`,
    signature: `${label}=:${sign(hash, Buffer.from(base), key).toString('base64')}:`,
  }
}

/** The lines of an ordinary delivery to the inbox of kith.example. */
export const cavageLines = (body = like): Lines => [
  ['(request-target)', 'post /inbox'],
  ['host', 'kith.example'],
  ['date', now.toUTCString()],
  ['digest', `SHA-256=${sha(256, body)}`],
]
export const rfc9421Lines = (body = like): Lines => [
  ['@method', 'POST'],
  ['@target-uri', 'https://kith.example/inbox'],
  ['content-digest', `sha-256=:${sha(256, body)}:`],
]
export const usualParameters = `;created=${seconds};keyid="${keyId}"`

/** A delivery to kith.example with these headers beside the usual ones. */
export function delivery(
  headers: RequestSnapshot['headers'],
  more: Partial<RequestSnapshot> = {},
): RequestSnapshot {
  return {
    method: 'POST',
    url: 'https://kith.example/inbox',
    rawBody: like,
    now,
    ...more,
    headers: {
      host: 'kith.example',
      date: now.toUTCString(),
      digest: `SHA-256=${sha(256, like)}`,
      ...headers,
    },
  }
}
