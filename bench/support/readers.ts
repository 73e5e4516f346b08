import { setTimeout as sleep } from 'node:timers/promises'
import { Latencies } from './latencies.ts'

/** People who read their home timelines, so many times a second in all, until they are stopped. */
export type Readers = { latencies: Latencies; stop(): Promise<void> }

/** Starts them; each request is for the next of the tokens. They wait for no answer before they ask again. */
export function startReaders(url: string, tokens: readonly string[], perSecond: number): Readers {
  const latencies = new Latencies()
  const stopped = new AbortController()
  const read = async (at: number): Promise<void> => {
    const began = performance.now()
    const headers = { authorization: `Bearer ${tokens[at % tokens.length]}` }
    const answer = await fetch(`${url}/api/v1/timelines/home`, { headers }).catch(() => undefined)
    await answer?.arrayBuffer().catch(() => undefined)
    latencies.note(answer?.status ?? 'broken', began)
  }
  const all: Promise<void>[] = []
  const run = async (): Promise<void> => {
    const began = performance.now()
    for (let at = 0; !stopped.signal.aborted; at += 1) {
      await sleep(Math.max(0, began + (at * 1000) / perSecond - performance.now()))
      all.push(read(at))
    }
  }
  const running = run()
  return {
    latencies,
    stop: async () => {
      stopped.abort()
      await running
      await Promise.all(all)
    },
  }
}
