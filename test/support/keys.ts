import { ECDH, type KeyObject, generateKeyPairSync } from 'node:crypto'
import { FetchFailed } from '#platform/http-errors'
import type { ActorKey, FetchDocument } from '#federation/signatures/fetch-key'
import type { KeyStore } from '#federation/signatures/key-store'
import type { Json } from '#federation/properties'

/** An RSA pair in PEM. */
export const rsaPair = (modulusLength = 2_048) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

/** An Ed25519 or P-256 public key as a Multikey. */
export function multikey(key: KeyObject): string {
  const { x, y } = key.export({ format: 'jwk' })
  const raw = Buffer.from(x!, 'base64url')
  if (key.asymmetricKeyType === 'ed25519') return text(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))
  const point = Buffer.concat([Buffer.from([4]), raw, Buffer.from(y!, 'base64url')])
  const short = ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'compressed') as Buffer
  return text(Buffer.concat([Buffer.from([0x80, 0x24]), short]))
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
function text(bytes: Buffer): string {
  let digits = ''
  for (let value = BigInt(`0x${bytes.toString('hex')}`); value > 0n; value /= 58n) {
    digits = alphabet[Number(value % 58n)]! + digits
  }
  return `z${digits}`
}

/** A key store that lives as long as the test, with everything in it open to view. */
export function memoryKeyStore(): KeyStore & { keys: Map<string, ActorKey>; marks: Map<string, string> } {
  const keys = new Map<string, ActorKey>()
  const marks = new Map<string, string>()
  return {
    keys,
    marks,
    find: async (keyId) => keys.get(keyId),
    save: async (key) => void keys.set(key.keyId, key),
    claim: async (name) => !marks.has(name) && marks.set(name, '') === marks,
    remember: async (name, value) => void marks.set(name, value),
    recall: async (name) => marks.get(name),
  }
}

/** A world of documents by address, a status in place of one that is not there, and what was asked for. */
export function documentWorld(documents: Record<string, Json | number>): {
  fetched: string[]
  fetchDocument: FetchDocument
} {
  const fetched: string[] = []
  const fetchDocument: FetchDocument = async (url) => {
    fetched.push(url)
    const document = documents[url] ?? 404
    if (typeof document === 'number')
      throw new FetchFailed('status', url, `status ${document}`, { status: document })
    return { url, document }
  }
  return { fetched, fetchDocument }
}
