import { verifyObject } from '@fedify/fedify'
import { Activity, Multikey } from '@fedify/vocab'
import { webcrypto } from 'node:crypto'
import type { Account, AssertionKey } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import { now } from '#platform/clock'
import { log } from '#platform/log'
import { loadContext } from './contexts.ts'
import { isImporting } from './is-plain.ts'
import { idOf, type Json, objectsOf, sameOrigin, textOf, timeOf, typeOf } from './properties.ts'
import { readPublicKey } from './signatures/public-key.ts'

const DAY = 86_400_000
const OLDEST = 30 * DAY
const MOST = 4

/**
 * Did the actor sign this activity itself, so that it may be believed whoever passed it on (FEP-8b32)? Only proofs by keys
 * that the stored actor lists count, made in the last 30 days; all others are as if they were not there (federation rules
 * 26, 27). Nothing is fetched: what a proof does not settle is asked of the origin.
 */
export async function isProvenBy(actor: Account, activity: Json): Promise<boolean> {
  const uri = accountUri(actor)
  if (!sameOrigin(textOf(activity.id), uri) || idOf(activity.actor) !== uri) return false
  if (isImporting(activity)) return false
  // An LD signature is made after the proof, and is no part of what the proof covers.
  const { signature: _, proof, ...bare } = activity
  for (const each of objectsOf(proof).slice(0, MOST)) {
    const key = actor.assertionKeys.find(({ id }) => id === each.verificationMethod)
    if (key && isFitting(each) && (await isSigned({ ...bare, proof: each }, uri, key))) return true
  }
  return false
}

function isFitting(proof: Json): boolean {
  const age = now().getTime() - (timeOf(proof.created)?.getTime() ?? Number.NaN)
  const isKnown =
    typeOf(proof, ['DataIntegrityProof']) !== undefined && proof.cryptosuite === 'eddsa-jcs-2022'
  return isKnown && proof.proofPurpose === 'assertionMethod' && age >= 0 && age < OLDEST
}

async function isSigned(activity: Json, uri: string, stored: AssertionKey): Promise<boolean> {
  const key = await multikey(uri, stored)
  try {
    const verified = await verifyObject(Activity, activity, {
      contextLoader: loadContext,
      documentLoader: (url) => Promise.reject(new Error(`${url} is not fetched for a proof`)),
      keyCache: { get: async (id) => (id.href === stored.id ? key : null), set: async () => undefined },
    })
    return verified !== null
  } catch (error) {
    // Whatever the parser stumbles over is the fault of who wrote it.
    const reason = Error.isError(error) ? error.message : String(error)
    log.debug({ activity: activity.id, reason }, 'a proof could not be read')
    return false
  }
}

async function multikey(uri: string, { id, material }: AssertionKey): Promise<Multikey | null> {
  const jwk = readPublicKey(material)?.export({ format: 'jwk' })
  if (!jwk) return null
  const publicKey = await webcrypto.subtle.importKey('jwk', jwk, 'Ed25519', true, ['verify'])
  return new Multikey({ id: new URL(id), controller: new URL(uri), publicKey })
}
