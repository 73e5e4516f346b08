import { isSuspendedDomain } from '#core/instances/instance.policy'
import { Forbidden } from '#platform/errors'
import type { Asker } from './documents.ts'
import { findAccount } from './find-account.ts'
import { findKey } from './keys.ts'
import { hostOf } from './properties.ts'
import type { RequestSnapshot } from './signatures/signature.ts'
import { verifySignature } from './signatures/verify-signature.ts'

/**
 * Who signed a GET; undefined when nobody did, or not well. A request without a signature costs nothing here. Throws
 * Forbidden for signers of suspended domains (federation rule 197).
 */
export async function findSigner(request: RequestSnapshot): Promise<Asker> {
  if (!request.headers.signature) return undefined
  const verdict = await verifySignature(request, findKey)
  if (!verdict.ok) return undefined
  if (await isSuspendedDomain(hostOf(verdict.owner) ?? '')) throw new Forbidden()
  const account = await findAccount({ actor: { kind: 'kith' } }, verdict.owner)
  return account && !account.goneAt
    ? { uri: verdict.owner, id: account.id, domain: account.domain }
    : undefined
}
