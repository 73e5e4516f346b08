import {
  type ParsedSignature,
  type RequestSnapshot,
  SignatureRefused,
  headerLines,
  singleLine,
} from './signature.ts'

/** The parts of a public address, none of them rewritten: `target` is path and query. */
export type Target = { origin: string; scheme: string; host: string; path: string; query: string }

/** Takes `https://kith.example/a?b` apart as text, because a signature covers the very characters. */
export function targetOf(url: string): Target {
  const [, scheme = '', authority = '', path = '', query = ''] =
    /^(https?):\/\/([^/?#]*)([^?]*)(\?.*)?$/s.exec(url) ?? []
  const host = bareHost(authority, scheme)
  return { origin: `${scheme}://${authority}`, scheme, host, path: path || '/', query }
}

/** A host in small letters without the port that its scheme has anyway. */
export function bareHost(host: string, scheme: string): string {
  return host.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '')
}

/**
 * The texts that the signature may have been made over. A GET has two of them when it has a query: senders disagree
 * whether the query is part of the signed target (federation rule 10). Throws SignatureRefused `coverage`.
 */
export function signatureBases(request: RequestSnapshot, signature: ParsedSignature): string[] {
  const target = targetOf(request.url)
  const targets = request.method === 'GET' && target.query ? [target, { ...target, query: '' }] : [target]
  return targets.map((each) =>
    (signature.scheme === 'cavage' ? cavageBase : rfc9421Base)(request, signature, each),
  )
}

function cavageBase(
  { method, headers }: RequestSnapshot,
  signature: ParsedSignature,
  target: Target,
): string {
  const special: Record<string, string | number | undefined> = {
    '(request-target)': `${method.toLowerCase()} ${target.path}${target.query}`,
    '(created)': signature.created,
    '(expires)': signature.expires,
  }
  const lines = signature.components.map((name) => {
    const value = Object.hasOwn(special, name) ? special[name] : singleLine(headers, name)
    if (value === undefined) throw missing(name)
    return `${name}: ${value}`
  })
  return lines.join('\n')
}

function rfc9421Base(
  { method, headers }: RequestSnapshot,
  signature: ParsedSignature,
  target: Target,
): string {
  const derived: Record<string, string> = {
    '@method': method,
    '@target-uri': `${target.origin}${target.path}${target.query}`,
    '@authority': target.host,
    '@scheme': target.scheme,
    '@request-target': `${target.path}${target.query}`,
    '@path': target.path,
    '@query': target.query || '?',
  }
  const lines = signature.components.map((name) => {
    const value = name.startsWith('@') ? derived[name] : fieldValue(headers, name)
    if (value === undefined) throw missing(name)
    return `"${name}": ${value}`
  })
  return [...lines, `"@signature-params": ${signature.parameters}`].join('\n')
}

const onlyOnce = new Set(['host', 'date', 'digest', 'content-type', 'content-length'])

function fieldValue(headers: RequestSnapshot['headers'], name: string): string | undefined {
  if (onlyOnce.has(name)) return singleLine(headers, name)
  const lines = headerLines(headers, name)
  return lines.length > 0 ? lines.join(', ') : undefined
}

const missing = (name: string) => new SignatureRefused('coverage', `${name} is signed but not there`)
