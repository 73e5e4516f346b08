import { type KeyObject, constants, verify } from 'node:crypto'
import { type ParsedSignature, SignatureRefused } from './signature.ts'

type Way = { hash: string | null; padding?: number; saltLength?: number; dsaEncoding?: 'ieee-p1363' }

const rsaSha256: Way = { hash: 'sha256' }
const rsaSha512: Way = { hash: 'sha512' }
const pss: Way = { hash: 'sha512', padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }
const p256: Way = { hash: 'sha256', dsaEncoding: 'ieee-p1363' }
const ed25519: Way = { hash: null }

// By type of key, then by the name in the signature; an empty name is none. Only hs2019 leaves the hash open.
const ways: Record<string, Record<string, Way[]>> = {
  rsa: {
    '': [rsaSha256],
    hs2019: [rsaSha256, rsaSha512],
    'rsa-sha256': [rsaSha256],
    'rsa-sha512': [rsaSha512],
    'rsa-v1_5-sha256': [rsaSha256],
    'rsa-v1_5-sha512': [rsaSha512],
    'rsa-pss-sha512': [pss],
  },
  ed25519: { '': [ed25519], hs2019: [ed25519], ed25519: [ed25519] },
  ec: { '': [p256], hs2019: [p256], 'ecdsa-p256-sha256': [p256] },
}
const named = {
  cavage: /^(|hs2019|rsa-sha256|rsa-sha512|ed25519)$/,
  rfc9421: /^(|rsa-v1_5-sha256|rsa-v1_5-sha512|rsa-pss-sha512|ecdsa-p256-sha256|ed25519)$/,
}

/**
 * Whether the key made the signature over one of the texts. The type of the key decides how (federation rule 13): the
 * name may only choose among what fits it. Throws SignatureRefused `algorithm` for names that fit no key of this
 * type, HMAC, `none` and SHA-1 among them.
 */
export function verifyBytes(
  bases: string[],
  { scheme, algorithm, signature }: ParsedSignature,
  key: KeyObject,
): boolean {
  const fitting = named[scheme].test(algorithm) ? ways[key.asymmetricKeyType ?? '']?.[algorithm] : undefined
  if (!fitting)
    throw new SignatureRefused('algorithm', `algorithm ${algorithm.slice(0, 40)} does not fit the key`)
  return bases.some((base) =>
    fitting.some(({ hash, ...how }) => verify(hash, Buffer.from(base, 'utf8'), { key, ...how }, signature)),
  )
}
