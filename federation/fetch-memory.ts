import { FetchFailed } from '#platform/http-errors'
import type { Marks } from './signatures/key-store.ts'

const minute = 60_000
const hour = 60 * minute
const pauses = [minute, 5 * minute, 30 * minute, hour, 3 * hour, 12 * hour, 24 * hour]
const gone = 30 * 24 * hour

// The fault of the asking side or of the moment: it says nothing about the address.
const passing = new Set(['local', 'url', 'refused'])

/** What is known of addresses that failed, so that they are left alone for a while (federation rule 96). */
export type FetchMemory = {
  /** Throws the remembered failure while the address is to be left alone. */
  check(url: string): Promise<void>
  /** Remembers a failure: a minute at first, then 5, 30 and hours; 410 for 30 days. */
  failed(url: string, error: FetchFailed): Promise<void>
}

/** A memory in marks that all processes share. A success needs no word: the count lapses by itself a day later. */
export function createFetchMemory(
  marks: Pick<Marks, 'remember' | 'recall'>,
  now: () => number = Date.now,
): FetchMemory {
  const read = async (url: string) => {
    const [count = '0', until = '0', status = ''] = ((await marks.recall(`fetch ${url}`)) ?? '').split(' ')
    return { count: Number(count), until: Number(until), status: Number(status) }
  }
  return {
    check: async (url) => {
      const { until, status } = await read(url)
      if (until <= now()) return
      throw new FetchFailed('status', url, 'failed a short while ago', status > 0 ? { status } : {})
    },
    failed: async (url, { problem, status = 0 }) => {
      if (passing.has(problem)) return
      const { count } = await read(url)
      const pause = status === 410 ? gone : pauses[Math.min(count, pauses.length - 1)]!
      await marks.remember(`fetch ${url}`, `${count + 1} ${now() + pause} ${status}`, pause + 24 * hour)
    },
  }
}
