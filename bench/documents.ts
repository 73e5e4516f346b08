import autocannon from 'autocannon'
import type { Measure } from './support/measure.ts'
import { cpuSeconds } from './support/cpu.ts'
import { makeCommunity } from './support/community.ts'
import { row } from '#platform/db'
import { median, startChild, startWeb } from './support/process.ts'

const CONNECTIONS = 50
const SECONDS = 4
const ROUNDS = 3

const accept = 'application/activity+json'

/** Answers for each second of CPU of the process, the middle one of some rounds. */
async function each(url: string, path: string, pid: number): Promise<number> {
  const rates: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = cpuSeconds(pid)
    const result = await autocannon({
      url,
      connections: CONNECTIONS,
      duration: SECONDS,
      requests: [{ path, headers: { accept } }],
    })
    if (result.non2xx + result.errors > 0) throw new Error(`${url}${path} answers badly`)
    // The first round warms it up.
    if (round > 0) rates.push(result['2xx'] / (cpuSeconds(pid) - before))
  }
  return median(rates)
}

/** What other servers ask for most, for each second of CPU of the process that answers, beside a plain Fedify. */
export async function measure(): Promise<Measure[]> {
  await makeCommunity({ accounts: 100, posts: 500, follows: 500 }, 0)
  const found = await row<{ id: string; username: string }>(
    {},
    `SELECT a.id, a.username FROM users AS u JOIN accounts AS a ON a.id = u.account_id ORDER BY a.id LIMIT 1`,
  )
  const { id = '', username = '' } = found ?? {}
  const kith = await startWeb()
  const plain = await startChild('fedify-server.ts', username)
  const finger = (domain: string) => `/.well-known/webfinger?resource=acct:${username}@${domain}`
  const actor = await each(kith.url, `/users/${id}`, kith.pid!)
  const webFinger = await each(kith.url, finger(kith.domain), kith.pid!)
  const plainActor = await each(plain.url, `/users/${username}`, plain.child.pid!)
  const plainFinger = await each(plain.url, finger(new URL(plain.url).host), plain.child.pid!)
  plain.child.kill()
  await kith.end()
  return [
    { what: 'actor documents for each CPU-second', value: actor, unit: '/s', atLeast: 10_000 },
    { what: `… to plain Fedify (${Math.round(plainActor)}/s)`, value: actor / plainActor, unit: '×' },
    { what: 'WebFinger for each CPU-second', value: webFinger, unit: '/s', atLeast: 10_000 },
    { what: `… to plain Fedify (${Math.round(plainFinger)}/s)`, value: webFinger / plainFinger, unit: '×' },
  ]
}
