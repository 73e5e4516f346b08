import { checkDigests } from './check-digests.ts'
import { type ParsedSignature, type RequestSnapshot, SignatureRefused, singleLine } from './signature.ts'
import { bareHost, targetOf } from './signature-base.ts'

const hour = 3_600
const imfDate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * What a signature has to cover and when it has to be from, all that can be told without its key (federation rules
 * 2 to 7, 9, 11). Throws SignatureRefused.
 */
export function checkDemands(request: RequestSnapshot, signature: ParsedSignature): void {
  checkHost(request)
  checkCoverage(request, signature)
  checkTime(request, signature)
}

// The host of the public address counts, not what a proxy may have put in its place on the way.
function checkHost({ url, headers }: RequestSnapshot): void {
  const { scheme, host } = targetOf(url)
  const sent = singleLine(headers, 'host')
  if (sent === undefined || bareHost(sent, scheme) !== host)
    throw new SignatureRefused('host', 'signed for another host')
}

function checkCoverage(
  request: RequestSnapshot,
  { scheme, components, algorithm, created }: ParsedSignature,
): void {
  const has = (...names: string[]) => names.every((name) => components.includes(name))
  const need = (isThere: boolean, what: string) => {
    if (!isThere) throw new SignatureRefused('coverage', `${what} is not among the signed parts`)
  }
  const hasBody = !['GET', 'HEAD'].includes(request.method) || request.rawBody.length > 0
  const digestHeader = scheme === 'cavage' ? 'digest' : 'content-digest'
  if (scheme === 'cavage') {
    need(has('(request-target)'), 'the target')
    need(has('host'), 'the host')
    need(has('date') || has('(created)'), 'a time')
    // The draft keeps (created) and (expires) from the older algorithm names.
    need(!(has('(created)') || has('(expires)')) || ['', 'hs2019'].includes(algorithm), 'a date')
  } else {
    need(has('@method'), 'the method')
    need(has('@target-uri') || has('@authority', '@path', '@query'), 'the target')
    need(created !== undefined, 'the time of creation')
  }
  const proven = checkDigests(request)
  if (!hasBody) return
  need(has(digestHeader), 'the digest')
  if (!proven.has(digestHeader)) throw new SignatureRefused('digest', 'there is no usable digest of the body')
}

function checkTime(
  request: RequestSnapshot,
  { scheme, components, created, expires }: ParsedSignature,
): void {
  const now = request.now.getTime() / 1_000
  const isSigned = (name: string) => scheme === 'rfc9421' || components.includes(name)
  const times = []
  if (created !== undefined && isSigned('(created)')) times.push(created)
  if (components.includes('date')) times.push(dateOf(request))
  const refuse = (what: string) => new SignatureRefused('time', what)
  if (times.length === 0) throw refuse('no time is signed')
  if (expires !== undefined && expires < now) throw refuse('the signature has expired')
  const longest = expires !== undefined && isSigned('(expires)') ? 12 * hour : hour
  for (const time of times) {
    if (time > now + hour) throw refuse('signed in the future')
    if (time < now - longest) throw refuse('signed too long ago')
  }
}

function dateOf({ headers }: RequestSnapshot): number {
  const text = singleLine(headers, 'date') ?? ''
  if (!imfDate.test(text)) throw new SignatureRefused('time', 'the Date header cannot be read')
  return Date.parse(text) / 1_000
}
