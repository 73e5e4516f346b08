import * as clock from '#platform/clock'
import { FetchFailed } from '#platform/http-errors'
import type { Marks } from './signatures/key-store.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const pauses = [minute, 5 * minute, 30 * minute, hour, 3 * hour, 12 * hour, 24 * hour]
const gone = 30 * 24 * hour
const shortest = 5 * second

// The fault of the asking side or of the moment: it says nothing about the address.
const passing = new Set(['local', 'url', 'refused', 'busy'])

/** What is known of addresses that failed, so that they are left alone for a while (federation rule 96). */
export type FetchMemory = {
  /** Throws the remembered failure while the address is to be left alone; for five seconds only when it is wanted soon. */
  check(url: string, urgency?: { soon?: boolean }): Promise<void>
  /** Remembers a failure: a minute at first, then 5, 30 and hours; 410 for 30 days. */
  failed(url: string, error: FetchFailed): Promise<void>
}

/** A memory in marks that all processes share. A success needs no word: the count lapses by itself a day later. */
export function createFetchMemory(
  marks: Pick<Marks, 'remember' | 'recall'>,
  now: () => number = () => clock.now().getTime(),
): FetchMemory {
  const read = async (url: string) => {
    const kept = ((await marks.recall(`fetch ${url}`)) ?? '').split(' ').map(Number)
    const [count = 0, until = 0, status = 0, at = 0] = kept
    return { count, until, status, at }
  }
  return {
    check: async (url, { soon = false } = {}) => {
      const { until, status, at } = await read(url)
      if (until <= now() || (soon && at + shortest <= now())) return
      throw new FetchFailed('status', url, 'failed a short while ago', status > 0 ? { status } : {})
    },
    failed: async (url, { problem, status = 0 }) => {
      if (passing.has(problem)) return
      const { count } = await read(url)
      const pause = status === 410 ? gone : pauses[Math.min(count, pauses.length - 1)]!
      const kept = [count + 1, now() + pause, status, now()].join(' ')
      await marks.remember(`fetch ${url}`, kept, pause + 24 * hour)
    },
  }
}
