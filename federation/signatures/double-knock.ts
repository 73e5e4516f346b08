import { type Challenge, parseChallenge } from './parse-challenge.ts'
import type { Scheme } from './signature.ts'

/** What is known of a host: the scheme that it took, since when (milliseconds), and failures in a row since. */
export type KnownScheme = { scheme: Scheme; since: number; failures: number }

/** Where the scheme of a host is remembered. */
export type SchemeMemory = {
  find(host: string): Promise<KnownScheme | undefined>
  save(host: string, known: KnownScheme): Promise<void>
  forget(host: string): Promise<void>
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined> }

const longestMs = 30 * 86_400_000
const usual: Scheme = 'cavage'
const isRefused = ({ status }: Answer) => status === 400 || status === 401 || status === 403
const isTaken = ({ status }: Answer) => status >= 200 && status < 300

/**
 * Sends a request with the scheme that its host is known to take, cavage for a stranger, and once more with the other
 * one, or with what the host asks for, when that is answered 400, 401 or 403 (wire.md 3.3, federation rule 30). What
 * works is remembered; what is remembered is forgotten after 30 days or two failures in a row (rule 31). Gives the
 * last answer. Whatever `knock` throws goes through.
 */
export async function doubleKnock<T extends Answer>(
  host: string,
  knock: (scheme: Scheme, challenge?: Challenge) => Promise<T>,
  memory: SchemeMemory,
  now = Date.now(),
): Promise<T> {
  const found = await memory.find(host)
  const known = found && now - found.since < longestMs ? found : undefined
  if (found && !known) await memory.forget(host)
  const first = known?.scheme ?? usual
  const answer = await knock(first)
  if (!isRefused(answer)) {
    if (isTaken(answer) && known && known.failures > 0) await memory.save(host, { ...known, failures: 0 })
    return answer
  }
  const challenge =
    answer.status === 401 ? parseChallenge(oneLine(answer.headers['accept-signature'])) : undefined
  const second = challenge ? 'rfc9421' : first === 'cavage' ? 'rfc9421' : 'cavage'
  const other = await knock(second, challenge)
  if (isTaken(other)) await memory.save(host, { scheme: second, since: now, failures: 0 })
  else if (known && isRefused(other)) await countFailure(host, known, memory)
  return other
}

async function countFailure(host: string, known: KnownScheme, memory: SchemeMemory): Promise<void> {
  if (known.failures > 0) await memory.forget(host)
  else await memory.save(host, { ...known, failures: known.failures + 1 })
}

const oneLine = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value)
