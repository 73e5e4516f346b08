import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readPublicKey } from '#federation/signatures/public-key'
import { type ParsedSignature, SignatureRefused } from '#federation/signatures/signature'
import { verifyBytes } from '#federation/signatures/verify-bytes'
import { type Dice, dice, mutateText, rounds, seedOf } from '#test/support/fuzz'
import { multikey } from '#test/support/keys'

const seed = seedOf(20_261_121)
const text = 'date: Wed, 04 Mar 2026 10:11:12 GMT'
const algorithms = [
  '',
  'hs2019',
  'rsa-sha256',
  'rsa-sha512',
  'rsa-v1_5-sha256',
  'rsa-pss-sha512',
  'ed25519',
  'ecdsa-p256-sha256',
]

type Pair = { privateKey: KeyObject; materials: string[]; hash: string | null }

const pairs: Pair[] = [
  { ...generateKeyPairSync('rsa', { modulusLength: 2048 }), hash: 'sha256' },
  { ...generateKeyPairSync('rsa', { modulusLength: 3072, publicExponent: 3 }), hash: 'sha512' },
  { ...generateKeyPairSync('ed25519'), hash: null },
  { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), hash: 'sha256' },
  { ...generateKeyPairSync('ec', { namedCurve: 'secp384r1' }), hash: 'sha256' },
  { ...generateKeyPairSync('x25519'), hash: null },
].map(({ privateKey, publicKey, hash }) => {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const isMulti = ['ed25519', 'ec'].includes(publicKey.asymmetricKeyType ?? '') && !pem.includes('BAAi')
  const isShort = publicKey.asymmetricKeyDetails?.namedCurve !== 'secp384r1'
  return { privateKey, hash, materials: isMulti && isShort ? [pem, multikey(publicKey)] : [pem] }
})

function signatureOf({ privateKey, hash }: Pair): Buffer {
  if (privateKey.asymmetricKeyType === 'x25519') return Buffer.alloc(64)
  const isEc = privateKey.asymmetricKeyType === 'ec'
  return sign(hash, Buffer.from(text), isEc ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey)
}

/** Bytes with one thing changed: a bit, the length, all of them, or their meaning. */
function mutateBytes(bytes: Buffer, { below, pick }: Dice): Buffer {
  const at = below(bytes.length + 1)
  const flipped = Buffer.from(bytes)
  if (at < bytes.length) flipped[at]! ^= 1 << below(8)
  return pick([
    flipped,
    bytes.subarray(0, at),
    Buffer.concat([bytes, Buffer.alloc(1 + below(64))]),
    Buffer.alloc(bytes.length, pick([0, 1, 0xff])),
    Buffer.alloc(below(5000), 0x41),
    Buffer.alloc(0),
    Buffer.from(bytes).reverse(),
  ])
}

const parsed = (algorithm: string, signature: Buffer, luck: Dice): ParsedSignature => ({
  scheme: luck.pick(['cavage', 'rfc9421']),
  keyId: 'https://remote.example/users/ann#main-key',
  algorithm,
  components: ['date'],
  signature,
  parameters: '',
})

test('CVE-2025-23166: unspoilt, each of these keys proves its own signature', () => {
  const luck = dice(seed)
  for (const pair of pairs.slice(0, 4))
    for (const material of pair.materials) {
      const key = readPublicKey(material)!
      const algorithm = pair.hash === 'sha512' ? 'hs2019' : ''
      const signature = { ...parsed(algorithm, signatureOf(pair), luck), scheme: 'cavage' as const }
      expect(verifyBytes([text], signature, key)).toBe(true)
    }
})

test(`CVE-2025-23166: keys and signatures of strangers, however spoilt, end in a refusal and never in anything else (seed ${seed})`, () => {
  const luck = dice(seed)
  const [total, good] = [rounds(20_000), pairs.map(signatureOf)]
  const outcomes = { noKey: 0, refused: 0, wrong: 0, right: 0 }
  for (let at = 0; at < total; at += 1) {
    const number = luck.below(pairs.length)
    const material = luck.pick(pairs[number]!.materials)
    const key = readPublicKey(at % 2 ? material : mutateText(material, luck))
    if (!key) {
      outcomes.noKey += 1
      continue
    }
    const signature = mutateBytes(good[luck.below(3) ? number : luck.below(pairs.length)]!, luck)
    try {
      const isGood = verifyBytes([text], parsed(luck.pick(algorithms), signature, luck), key)
      outcomes[isGood ? 'right' : 'wrong'] += 1
    } catch (error) {
      if (!(error instanceof SignatureRefused)) throw error
      outcomes.refused += 1
    }
  }
  expect(outcomes.right).toBeLessThan(total / 100)
  for (const times of [outcomes.noKey, outcomes.refused, outcomes.wrong])
    expect(times).toBeGreaterThan(total / 50)
}, 60_000)
