import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from '#config/instance'
import { rows } from '#platform/db'
import type { KithProcess } from '#test/support/kiths'
import type { Signed } from '#test/support/stub-server'
import { startWeb } from './process.ts'

const PROCESSES = 3
const WIDTH = 32

/** Three processes of this instance that each do everything, and what is sent to them in turns. */
export type Trio = {
  /** Posts all, so many at a time. Throws for what is not accepted. */
  send(all: Iterable<() => Signed>): Promise<void>
  /** Waits until nothing is owed any more. */
  settled(): Promise<void>
  end(): Promise<void>
}

// What is put off on purpose, such as new counts of a poll, is not waited for; what is tried again is.
const owed = `SELECT count(*)::int AS count FROM owed_work WHERE kind <> 'schedule' AND dead_at IS NULL
  AND (kind = 'inbox' OR attempts > 0 OR leased_until IS NOT NULL OR due_at <= now() + interval '2 seconds')`

/** Starts them on the stores of this bench, whose own origin they answer for. */
export async function startTrio(): Promise<Trio> {
  const all: KithProcess[] = []
  for (let at = 0; at < PROCESSES; at += 1)
    all.push(await startWeb({ KITH_ROLE: 'all', KITH_ORIGIN: instance.origin }))
  const agent = new Agent({ keepAlive: true })
  let turn = 0
  return {
    send: async (signed) => {
      const left = signed[Symbol.iterator]()
      const work = async (): Promise<void> => {
        for (let next = left.next(); !next.done; next = left.next()) {
          const status = await tell(all[(turn += 1) % PROCESSES]!.url, next.value(), agent)
          if (status !== 202) throw new Error(`an activity was refused: ${status}`)
        }
      }
      await Promise.all(Array.from({ length: WIDTH }, work))
    },
    settled: async () => {
      while (((await rows<{ count: number }>({}, owed))[0]?.count ?? 0) > 0) await sleep(100)
    },
    end: async () => {
      agent.destroy()
      await Promise.all(all.map((each) => each.end()))
    },
  }
}

// A kept connection may end just as something is sent by it; who sends tries again.
const tell = (to: string, signed: Signed, agent: Agent): Promise<number> =>
  post(to, signed, agent).catch(() => post(to, signed, agent))

/** Sends to a process what is signed for the origin that it stands for. */
function post(to: string, { url, body, headers }: Signed, agent: Agent): Promise<number> {
  const { hostname, port } = new URL(to)
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const asked = request(
    { agent, hostname, port, method: 'POST', path: url.pathname, headers: { ...headers, host: url.host } },
    (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
    },
  )
  asked.once('error', reject)
  asked.end(body)
  return promise
}
