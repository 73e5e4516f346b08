import { type ParsedSignature, SignatureRefused } from './signature.ts'

const parameter =
  /[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))[ \t]*(?:,|$)/y
const numeric = /^\d{1,15}$/

/**
 * The Signature header of draft-cavage (wire.md 3.1): parameters in any order, numbers with or without quotes, none
 * of them twice. Throws SignatureRefused `malformed`.
 */
export function parseCavage(header: string): ParsedSignature {
  const parameters = readParameters(header)
  const text = (name: string) => parameters.get(name)
  const time = (name: string) => {
    const value = text(name)
    if (value === undefined) return {}
    if (!numeric.test(value)) throw malformed(`${name} is not a number`)
    return { [name]: Number(value) }
  }
  const [keyId, signature] = [text('keyid'), text('signature')]
  if (!keyId || !signature) throw malformed('keyId or signature is missing')
  const components = (text('headers') ?? 'date').toLowerCase().split(' ').filter(Boolean)
  if (new Set(components).size !== components.length) throw malformed('a signed header is named twice')
  if (components.length > 40) throw malformed('too many signed headers')
  return {
    scheme: 'cavage',
    keyId,
    algorithm: (text('algorithm') ?? '').toLowerCase(),
    components,
    ...time('created'),
    ...time('expires'),
    signature: base64(signature),
    parameters: '',
  }
}

function readParameters(header: string): Map<string, string> {
  const found = new Map<string, string>()
  parameter.lastIndex = 0
  while (parameter.lastIndex < header.length) {
    const part = parameter.exec(header)
    if (!part) throw malformed('the Signature header cannot be read')
    const name = part[1]!.toLowerCase()
    if (found.has(name)) throw malformed(`${name} comes twice`)
    found.set(name, part[2]?.replace(/\\(.)/g, '$1') ?? part[3]!)
  }
  return found
}

// Buffer reads past what is not base64; a signature that was changed there would still verify.
function base64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/={0,2}$/, ''))
    throw malformed('signature is not base64')
  return bytes
}

const malformed = (message: string) => new SignatureRefused('malformed', message)
