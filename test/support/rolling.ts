import { setTimeout as sleep } from 'node:timers/promises'
import { startBalancer } from './balancer.ts'
import { freePort, type KithProcess } from './kiths.ts'
import { type Rig, startRig } from './rig.ts'
import { type Answered, keepStream, startLoad } from './rolling-load.ts'
import { settleAll } from './wave.ts'

/** How often every process is rolled, and how many requests are under way all the time. */
export type Rolling = { rounds: number; width: number }

/** How a process ended after SIGTERM. */
export type End = { role: string; code: number | null; seconds: number }

/** What came of it. `lost` counts what was accepted and has not come to pass. */
export type RollingVerdict = Pick<Answered, 'requests' | 'failures'> & {
  ends: End[]
  /** The codes that a stream was closed with. */
  streams: number[]
  accepted: number
  lost: number
  dead: number
}

/**
 * two web processes behind a proxy, a streaming one and two workers are ended by SIGTERM and started again, one after
 * the other, while people read and write and activities come in.
 */
export async function runRolling({ rounds, width }: Rolling): Promise<RollingVerdict> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const rig = await startRig(2, { KITH_ORIGIN: origin, KITH_RATE_FACTOR: '1000' })
  const [second, streaming] = [await rig.beside('web'), await rig.beside('streaming')]
  await Promise.all([second.start(), streaming.start()])
  const proxies = [
    await startBalancer([rig.web.url, second.url], port),
    await startBalancer([streaming.url]),
  ] as const
  const stopped = new AbortController()
  try {
    const { token, load } = await startAll(rig, origin, width, stopped.signal)
    const codes = keepStream(proxies[1].url, token, stopped.signal)
    const ends = await rollAll(rig, { second, streaming }, rounds)
    stopped.abort()
    const answered = await load
    await settleAll(rig)
    const { requests, failures } = answered
    return { requests, failures, ends, streams: await codes, ...(await look(rig, answered)) }
  } finally {
    stopped.abort()
    await Promise.all([
      ...proxies.map((each) => each.stop()),
      second.end('SIGKILL'),
      streaming.end('SIGKILL'),
    ])
    await rig.remove()
  }
}

async function startAll({ web, stub }: Rig, url: string, width: number, signal: AbortSignal) {
  const { token, ...alice } = await web.member('alice')
  const { account } = await alice.post('/api/v1/statuses', { status: 'hello' })
  const person = `${url}/users/${account.id}`
  return { token, load: startLoad({ url, token, person, stub, signal }, width) }
}

type Others = { second: KithProcess; streaming: KithProcess }

async function rollAll({ web, workers }: Rig, { second, streaming }: Others, rounds: number): Promise<End[]> {
  const ends: End[] = []
  const all = [
    { role: 'web', each: web },
    { role: 'web', each: second },
    { role: 'streaming', each: streaming },
    ...workers.map((each) => ({ role: 'worker', each })),
  ]
  for (const { role, each } of Array.from({ length: rounds }, () => all).flat()) {
    await sleep(1500)
    const began = Date.now()
    const code = await each.end('SIGTERM')
    ends.push({ role, code, seconds: (Date.now() - began) / 1000 })
    await each.start()
  }
  await sleep(1500)
  return ends
}

async function look({ ask }: Rig, { followers, texts }: Answered) {
  const kept = async (sql: string, all: string[]): Promise<number> => (await ask(sql, [all])).length
  const follows = await kept(
    `SELECT 1 AS one FROM follows JOIN accounts ON accounts.id = follower_id
     WHERE state = 'accepted' AND username = ANY ($1)`,
    followers,
  )
  const posts = await kept('SELECT 1 AS one FROM posts WHERE text = ANY ($1)', texts)
  const accepted = followers.length + texts.length
  const dead = (await ask('SELECT 1 AS one FROM owed_work WHERE dead_at IS NOT NULL')).length
  return { accepted, lost: accepted - follows - posts, dead }
}
