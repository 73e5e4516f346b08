import { ECDH, type KeyObject, createPublicKey } from 'node:crypto'
import { lru } from '#platform/lru'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const pem = /^-----BEGIN (RSA )?PUBLIC KEY-----[\sA-Za-z0-9+/=]+-----END (RSA )?PUBLIC KEY-----\s*$/
const parsed = lru<KeyObject>(5_000)

/**
 * The key in a PEM block or a base58 Multikey, or undefined when it is none that signatures may be made with: RSA of
 * 2048 to 8192 bits, Ed25519 or P-256 (federation rule 13). Keys are kept parsed.
 */
export function readPublicKey(material: string): KeyObject | undefined {
  if (material.length > 8_192) return undefined
  const known = parsed.get(material)
  if (known) return known
  const key = parse(material.trim())
  if (!key || !isStrong(key)) return undefined
  parsed.set(material, key)
  return key
}

function parse(material: string): KeyObject | undefined {
  try {
    return pem.test(material) ? createPublicKey(material) : parseMultikey(material)
  } catch {
    // OpenSSL tells in many ways that this is no key; which one makes no difference to the sender.
    return undefined
  }
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = asymmetricKeyDetails
  if (asymmetricKeyType === 'ed25519') return true
  if (asymmetricKeyType === 'ec') return namedCurve === 'prime256v1'
  const isUsual = publicExponent >= 3n && publicExponent <= 0xffff_ffffn && publicExponent % 2n === 1n
  return asymmetricKeyType === 'rsa' && isUsual && modulusLength >= 2_048 && modulusLength <= 8_192
}

function parseMultikey(text: string): KeyObject | undefined {
  if (!/^z[1-9A-HJ-NP-Za-km-z]{40,60}$/.test(text)) return undefined
  const bytes = base58(text.slice(1))
  const [prefix, raw] = [bytes.readUInt16BE(0), bytes.subarray(2)]
  if (prefix === 0xed01 && raw.length === 32) {
    return createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    })
  }
  if (prefix !== 0x8024 || raw.length !== 33) return undefined
  const point = ECDH.convertKey(raw, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x!, y: y! } })
}

function base58(text: string): Buffer {
  const value = [...text].reduce((sum, digit) => sum * 58n + BigInt(alphabet.indexOf(digit)), 0n)
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

/** Bytes in base58, as Multikeys and proofs have them. */
export function multibase(bytes: Buffer): string {
  let text = ''
  for (let value = BigInt(`0x${bytes.toString('hex')}`); value > 0n; value /= 58n)
    text = alphabet[Number(value % 58n)]! + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return `z${alphabet[0]!.repeat(zeros)}${text}`
}

/** The public half of an Ed25519 key as a Multikey (FEP-521a). */
export function multikeyOf(key: KeyObject): string {
  const { x = '' } = key.export({ format: 'jwk' })
  return multibase(Buffer.concat([Buffer.from([0xed, 0x01]), Buffer.from(x, 'base64url')]))
}
