import { redis } from '#platform/redis'
import { type RawReply, type RawRequest, sendRaw } from '#test/support/raw-request'

/** Names that an answer to anybody must never hold: stacks, libraries, statements. */
const leak =
  /\.ts:\d+:\d+|node_modules|node:internal|Sequelize|syntax error at|violates \w+|relation "|invalid byte|PG_|ZodError|ECONN/

/** What is wrong with an answer, in a word; nothing when nothing is. */
export function flawOf({ path }: RawRequest, { status, headers, text }: RawReply): string | undefined {
  if (status >= 500) return 'a fault of ours'
  if (status < 200) return 'no answer'
  if (leak.test(text)) return 'it tells of its inside'
  if (!path.startsWith('/api/') || status < 400 || text === '') return undefined
  if (!headers['content-type']?.startsWith('application/json')) return 'an error that is no JSON'
  const { error } = JSON.parse(text) as { error?: { error?: unknown } | string }
  // Collections say it one level deeper (ERR-15).
  const words = path.includes('/collections') && typeof error === 'object' ? error.error : error
  return typeof words === 'string' ? undefined : 'an error without words'
}

/** Sends requests one after the other and gives those whose answers are wrong, with all that it takes to send them again. */
export async function flawsAmong(requests: Iterable<RawRequest>): Promise<string> {
  const flaws: string[] = []
  for (const asked of requests) {
    const flaw = await attempt(asked)
    if (flaw) flaws.push(`${flaw}\n  ${told(asked)}`)
  }
  return flaws.slice(0, 20).join('\n')
}

async function attempt(asked: RawRequest): Promise<string | undefined> {
  // No limit of calls may hide what is behind it.
  await redis.flushall()
  try {
    const reply = await sendRaw(asked)
    const flaw = flawOf(asked, reply)
    return flaw && `${flaw}: ${reply.status} ${reply.text.slice(0, 300)}`
  } catch (error) {
    return `no answer: ${String(error)}`
  }
}

const told = ({ method, path, headers, body = '' }: RawRequest): string =>
  `${method} ${path.slice(0, 600)} ${JSON.stringify(headers)}\n  ${String(body).slice(0, 600)}`
