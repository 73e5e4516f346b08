/**
 * Turns work on many into work on each: what is asked for within so many milliseconds, or with 0 in one turn of the event
 * loop, so that nobody waits and the busier the process is the more it saves, goes to `work` together, and everybody
 * gets what `work` gives for their own, an error is thrown for them; its own error for all when it throws.
 */
export function gather<T, R = void>(
  milliseconds: number,
  work: (all: T[]) => Promise<ReadonlyMap<T, R | Error> | void>,
): (one: T) => Promise<R | undefined> {
  type Waiting = { one: T; resolve: (result: R | undefined) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  const flush = async (): Promise<void> => {
    const all = waiting
    waiting = []
    try {
      const results = await work(all.map(({ one }) => one))
      for (const { one, resolve, reject } of all) {
        const result = results?.get(one)
        if (Error.isError(result)) reject(result)
        else resolve(result)
      }
    } catch (error) {
      for (const { reject } of all) reject(error)
    }
  }
  return (one) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ one, resolve, reject }) > 1) return
      if (milliseconds > 0) setTimeout(() => void flush(), milliseconds)
      else setImmediate(() => void flush())
    })
}
