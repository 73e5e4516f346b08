import { isOutage } from './outage.ts'

/**
 * Turns work on many into work on each: what is asked for within so many milliseconds, or with 0 in one turn of the event
 * loop, so that nobody waits and the busier the process is the more it saves, goes to `work` together, and everybody
 * gets what `work` gives for their own, an error is thrown for them. When it throws, each goes to it alone, so that one that
 * cannot be done keeps no other from it; but in an outage its error is for all. What it throws for must not have been done.
 */
export function gather<T, R = void>(
  milliseconds: number,
  work: (all: T[]) => Promise<ReadonlyMap<T, R | Error> | void>,
): (one: T) => Promise<R | undefined> {
  type Waiting = { one: T; resolve: (result: R | undefined) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  const doTogether = async (all: readonly Waiting[]): Promise<void> => {
    try {
      const results = await work(all.map(({ one }) => one))
      for (const { one, resolve, reject } of all) {
        const result = results?.get(one)
        if (Error.isError(result)) reject(result)
        else resolve(result)
      }
    } catch (error) {
      if (all.length > 1 && !isOutage(error)) for (const each of all) await doTogether([each])
      else for (const { reject } of all) reject(error)
    }
  }
  const flush = (): void => {
    const all = waiting
    waiting = []
    void doTogether(all)
  }
  return (one) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ one, resolve, reject }) > 1) return
      if (milliseconds > 0) setTimeout(flush, milliseconds)
      else setImmediate(flush)
    })
}
