import { parseDictionary } from './structured-fields.ts'

/** What a server asks a signature to be like: parts to cover and parameters to send back (RFC 9421 section 5). */
export type Challenge = { label: string; components: string[]; echo: { nonce?: string; tag?: string } }

const derived = new Set([
  '@method',
  '@target-uri',
  '@authority',
  '@scheme',
  '@request-target',
  '@path',
  '@query',
])

/**
 * The first demand of an Accept-Signature header that can be met, or undefined: components without parameters, an
 * RSA algorithm or none named. A header that cannot be read demands nothing.
 */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  if (header === undefined || header.length > 4_096) return undefined
  for (const [label, member] of readField(header)) {
    if (!('items' in member)) continue
    const { items, parameters } = member
    const components = items.map(({ value, parameters }) =>
      typeof value === 'string' &&
      parameters.size === 0 &&
      (derived.has(value) || /^[a-z][a-z0-9-]*$/.test(value))
        ? value
        : '',
    )
    const algorithm = parameters.get('alg')
    const canMeet = !components.includes('') && (algorithm === undefined || algorithm === 'rsa-v1_5-sha256')
    if (!canMeet) continue
    const [nonce, tag] = [parameters.get('nonce'), parameters.get('tag')]
    const echo = { ...(typeof nonce === 'string' && { nonce }), ...(typeof tag === 'string' && { tag }) }
    return { label, components, echo }
  }
  return undefined
}

function readField(header: string) {
  try {
    return parseDictionary(header)
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
