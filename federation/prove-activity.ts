import { createHash, sign } from 'node:crypto'
import { keysOf } from '#core/accounts/account-keys'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { type Json, many } from './properties.ts'
import { multibase } from './signatures/public-key.ts'
import { proofTerms } from './vocabulary.ts'

/**
 * The activity with an integrity proof by its sender (FEP-8b32, eddsa-jcs-2022; wire 15.2). It covers the document without
 * proof and LD signature, with the terms of the proof in its context: an LD signature is made after it, over both. These terms
 * stand there themselves, not in the context that is usual for them, for in that a proof is a graph of its own; Mastodon then throws
 * the LD signature away.
 */
export async function proveActivity(activity: Json, senderId: Id): Promise<Json> {
  const context = [...many(activity['@context']), proofTerms]
  const document: Json = { ...activity, '@context': context }
  const options = {
    '@context': context,
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    verificationMethod: `${String(activity.actor)}#ed25519-key`,
    proofPurpose: 'assertionMethod',
    created: now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
  }
  const { proofKey } = await keysOf(senderId)
  const signature = sign(null, Buffer.concat([digest(options), digest(document)]), proofKey)
  return { ...document, proof: { ...options, proofValue: multibase(signature) } }
}

const digest = (value: unknown): Buffer => createHash('sha256').update(canonical(value)).digest()

/** JSON with its names in order (RFC 8785); numbers and texts are written there as JavaScript writes them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join()}}`
}
