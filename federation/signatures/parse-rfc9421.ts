import { type ParsedSignature, SignatureRefused, orRefusal } from './signature.ts'
import {
  type BareItem,
  type InnerList,
  type Parameters,
  parseDictionary,
  serializeInnerList,
} from './structured-fields.ts'

const mostSignatures = 4

/**
 * Signature-Input with Signature (RFC 9421, wire.md 3.2): each label, or why it is none. Throws SignatureRefused
 * `malformed` when the fields cannot be read at all.
 */
export function parseRfc9421(inputs: string, signatures: string): (ParsedSignature | SignatureRefused)[] {
  const [listed, values] = [readField(inputs), readField(signatures)]
  if (listed.size > mostSignatures) throw malformed('too many signatures')
  return [...listed].map(([label, input]) => {
    const member = values.get(label)
    return orRefusal(() => readSignature(input, member && 'value' in member ? member.value : undefined))
  })
}

function readSignature(
  input: InnerList | { value: BareItem },
  signature: BareItem | undefined,
): ParsedSignature {
  if (!('items' in input) || !Buffer.isBuffer(signature))
    throw malformed('a signature does not match its input')
  const { parameters } = input
  const keyId = parameters.get('keyid')
  const algorithm = parameters.get('alg') ?? ''
  if (typeof keyId !== 'string' || keyId === '') throw malformed('keyid is missing')
  if (typeof algorithm !== 'string') throw malformed('alg is not a string')
  return {
    scheme: 'rfc9421',
    keyId,
    algorithm,
    components: readComponents(input),
    ...time(parameters, 'created'),
    ...time(parameters, 'expires'),
    signature,
    parameters: serializeInnerList(input),
  }
}

function readComponents({ items }: InnerList): string[] {
  const names = items.map(({ value, parameters }) => {
    if (typeof value !== 'string' || value !== value.toLowerCase())
      throw malformed('a component is not named properly')
    // ;sf, ;bs, ;key, ;req and ;tr change what a component means; none of them is needed between these servers.
    if (parameters.size > 0)
      throw new SignatureRefused('coverage', `parameters of component ${value} are not understood`)
    return value
  })
  if (new Set(names).size !== names.length) throw malformed('a component is named twice')
  if (names.length > 40) throw malformed('too many components')
  return names
}

function time(parameters: Parameters, name: 'created' | 'expires') {
  const value = parameters.get(name)
  if (value === undefined) return {}
  if (typeof value !== 'number' || value < 0) throw malformed(`${name} is not a time`)
  return { [name]: value }
}

function readField(text: string) {
  try {
    return parseDictionary(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed(`a signature field cannot be read: ${error.message}`)
    throw error
  }
}

const malformed = (message: string) => new SignatureRefused('malformed', message)
