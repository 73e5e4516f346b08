import { isSameId } from '../same-id.ts'
import { checkDemands } from './check-demands.ts'
import type { FindKey, FoundKey } from './find-key.ts'
import { parseCavage } from './parse-cavage.ts'
import { parseRfc9421 } from './parse-rfc9421.ts'
import { signatureBases } from './signature-base.ts'
import {
  type ParsedSignature,
  type RefusalReason,
  type RequestSnapshot,
  SignatureRefused,
  headerLines,
  orRefusal,
  singleLine,
} from './signature.ts'
import { verifyBytes } from './verify-bytes.ts'

export type Signer = { keyId: string; owner: string }

/**
 * Who signed, or why nobody did. With `other-actor` the signature of `signer` is good, but not that of the actor
 * asked for.
 */
export type Verdict =
  | ({ ok: true } & Signer)
  | { ok: false; status: 401; reason: RefusalReason; detail: string; signer?: Signer }

/**
 * Checks the signature of a request (federation rules 1 to 19). Of several signatures one good one is enough (rule
 * 12), the one of `actor` when an actor is given (rule 16). Nothing is fetched before everything that can be told
 * from the request alone is in order. Never throws for what the request holds.
 */
export async function verifySignature(
  request: RequestSnapshot,
  findKey: FindKey,
  actor?: string,
): Promise<Verdict> {
  let refusal = new SignatureRefused('missing', 'there is no signature')
  let signer: Signer | undefined
  for (const signature of readSignatures(request)) {
    const outcome =
      signature instanceof SignatureRefused ? signature : await attempt(request, signature, findKey)
    if (outcome instanceof SignatureRefused) refusal = outcome
    else if (actor === undefined || isSameId(actor, outcome.owner)) return { ok: true, ...outcome }
    else signer ??= outcome
  }
  if (signer)
    return { ok: false, status: 401, reason: 'other-actor', detail: 'the actor does not own the key', signer }
  return { ok: false, status: 401, reason: refusal.reason, detail: refusal.message }
}

/** Is this header signed, whichever of the signatures of the request it is that counts? */
export const coversHeader = (request: RequestSnapshot, name: string): boolean =>
  readSignatures(request).every(
    (signature) => !(signature instanceof SignatureRefused) && signature.components.includes(name),
  )

/** Every signature of the request, each read or refused. */
function readSignatures({ headers }: RequestSnapshot): (ParsedSignature | SignatureRefused)[] {
  const found = orRefusal(() => {
    const inputs = headerLines(headers, 'signature-input')
    if (inputs.length > 0)
      return parseRfc9421(inputs.join(', '), headerLines(headers, 'signature').join(', '))
    const signature = singleLine(headers, 'signature')
    return signature === undefined ? [] : [parseCavage(signature)]
  })
  return found instanceof SignatureRefused ? [found] : found
}

async function attempt(request: RequestSnapshot, signature: ParsedSignature, findKey: FindKey) {
  try {
    checkDemands(request, signature)
    const bases = signatureBases(request, signature)
    const found = await findKey(signature.keyId)
    if (found && verifyBytes(bases, signature, found.key)) return signerOf(found)
    const newer = found?.isStored ? await findKey(signature.keyId, found) : undefined
    if (newer && verifyBytes(bases, signature, newer.key)) return signerOf(newer)
    return new SignatureRefused('mismatch', 'the signature does not fit the key')
  } catch (error) {
    if (error instanceof SignatureRefused) return error
    throw error
  }
}

const signerOf = ({ keyId, owner }: FoundKey): Signer => ({ keyId, owner })
