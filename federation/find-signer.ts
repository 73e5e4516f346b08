import { isBarredDomain } from '#core/instances/instance.policy'
import { Forbidden } from '#platform/errors'
import type { Asker } from './documents.ts'
import { findAccount } from './find-account.ts'
import { findKey } from './keys.ts'
import { hostOf } from './properties.ts'
import type { RequestSnapshot } from './signatures/signature.ts'
import { verifySignature } from './signatures/verify-signature.ts'

/**
 * Who signed a GET; undefined when nobody did, or not well. A request without a signature costs nothing here.
 */
export async function findSigner(request: RequestSnapshot): Promise<Asker> {
  if (!request.headers.signature) return undefined
  const verdict = await verifySignature(request, findKey)
  if (!verdict.ok) return undefined
  const account = await findAccount({ actor: { kind: 'kith' } }, verdict.owner)
  return account && !account.goneAt ? account : undefined
}

/** Throws Forbidden for whoever says to be of a domain that `isBarred`; that need not be proven (federation rule 197). */
export async function refuseBarred(request: RequestSnapshot, isBarred = isBarredDomain): Promise<void> {
  const host = claimedHost(request)
  if (host && (await isBarred(host))) throw new Forbidden()
}

/** The host that whoever asks says to be of; undefined when they sign nothing. */
export function claimedHost({ headers }: RequestSnapshot): string | undefined {
  const said = [headers.signature, headers['signature-input']].flatMap((value) => value ?? []).join(' ')
  return hostOf(/keyid="([^"]{1,2048})"/i.exec(said)?.[1])
}
