import { isPlain } from './is-plain.ts'
import { findKey } from './keys.ts'
import { plainForm } from './plain-form.ts'
import type { Json } from './properties.ts'
import { readJson } from './read-json.ts'
import type { RequestSnapshot } from './signatures/signature.ts'
import { verifySignature } from './signatures/verify-signature.ts'

/**
 * The activity in the body of a request, in the names that Kith reads; undefined when there is none. What JSON-LD reads in
 * another way than it stands there is taken as JSON-LD reads it, as Fedify would; that costs something, and is done only for
 * whoever signed with a good key.
 */
export async function readActivity(request: RequestSnapshot): Promise<Json | undefined> {
  try {
    const sent = readJson(request.rawBody)
    if (isPlain(sent)) return sent
    const verdict = await verifySignature(request, findKey)
    // The whole check, which comes next, says what is wrong with it.
    return verdict.ok ? await plainForm(sent) : sent
  } catch (error) {
    if (Error.isError(error) && error.name === 'Invalid') return undefined
    throw error
  }
}
