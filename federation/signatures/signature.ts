/**
 * A request as it came in. `url` is the public origin followed by the target exactly as it stood in the request line.
 * Header names are in small letters; a header that came on several lines is a list of them.
 */
export type RequestSnapshot = {
  method: string
  url: string
  headers: Readonly<Record<string, string | readonly string[] | undefined>>
  rawBody: Buffer
  now: Date
}

export type Scheme = 'cavage' | 'rfc9421'

/** One signature of a request, read but not yet believed. Components are names in small letters, in signing order. */
export type ParsedSignature = {
  scheme: Scheme
  keyId: string
  algorithm: string
  components: string[]
  /** Unix seconds. */
  created?: number
  expires?: number
  signature: Buffer
  /** RFC 9421 only: what is signed as `@signature-params`. */
  parameters: string
}

/**
 * Why a signature does not count. `gone`: the key, or its owner, is answered 404 or 410. `unreachable`: whoever has the key
 * did not answer at the moment; it may be had later.
 */
export type RefusalReason =
  | 'missing'
  | 'malformed'
  | 'coverage'
  | 'digest'
  | 'host'
  | 'time'
  | 'algorithm'
  | 'key'
  | 'gone'
  | 'unreachable'
  | 'mismatch'
  | 'other-actor'

/** A signature that does not count, with a sentence for the log of the operator. */
export class SignatureRefused extends Error {
  readonly reason: RefusalReason
  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** What `read` gives, or the refusal it throws. */
export function orRefusal<T>(read: () => T): T | SignatureRefused {
  try {
    return read()
  } catch (error) {
    if (error instanceof SignatureRefused) return error
    throw error
  }
}

/** The lines of one header, trimmed. */
export function headerLines(headers: RequestSnapshot['headers'], name: string): string[] {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  if (value === undefined) return []
  return (typeof value === 'string' ? [value] : [...value]).map((line) => line.trim())
}

/** The one line of a header that may come only once, or undefined. Throws SignatureRefused when it came again. */
export function singleLine(headers: RequestSnapshot['headers'], name: string): string | undefined {
  const lines = headerLines(headers, name)
  if (lines.length > 1) throw new SignatureRefused('malformed', `header ${name} comes more than once`)
  return lines[0]
}
