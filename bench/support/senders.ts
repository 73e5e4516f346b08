import { Agent, request, type RequestOptions } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Signed } from '#test/support/stub-server'
import { Latencies } from './latencies.ts'

const SOCKETS = 256

/** What others were answered, and how soon. */
export type Sent = { accepted: Latencies; refused: Latencies; withoutPause: number }

/** Posts what `make` gives, so many a second for so many seconds, whatever becomes of it, from a loopback address. */
export async function sendAll(
  perSecond: number,
  seconds: number,
  make: (at: number) => Signed,
  localAddress = '127.0.0.1',
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, localAddress })
  const sent: Sent = { accepted: new Latencies(), refused: new Latencies(), withoutPause: 0 }
  const under = new Set<Promise<void>>()
  const began = performance.now()
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const early = began + (at * 1000) / perSecond - performance.now()
    if (early > 1 || at % 20 === 0) await sleep(Math.max(0, early))
    const one: Promise<void> = send(make(at), agent, sent).finally(() => under.delete(one))
    under.add(one)
  }
  await Promise.all(under)
  agent.destroy()
  return sent
}

async function send({ url, body, headers }: Signed, agent: Agent, sent: Sent): Promise<void> {
  const began = performance.now()
  const { status, pause } = await post(url, { method: 'POST', agent, headers }, body)
  const isAccepted = status === 202
  const latencies = isAccepted ? sent.accepted : sent.refused
  latencies.note(status, began)
  if ((status === 429 || status === 503) && !pause) sent.withoutPause += 1
}

type Answer = { status: number | string; pause?: string | undefined }

const post = (url: URL, options: RequestOptions, body: Buffer): Promise<Answer> =>
  new Promise((resolve) => {
    const broken = (error: Error) => resolve({ status: error.message })
    const asked = request(url, options, (answer) => {
      const { statusCode = 0, headers } = answer
      answer.resume().on('error', broken)
      answer.on('end', () => resolve({ status: statusCode, pause: headers['retry-after'] }))
    })
    asked.on('error', broken).end(body)
  })
