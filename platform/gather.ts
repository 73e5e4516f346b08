/**
 * Turns work on many into work on each: what is asked for within so many milliseconds goes to `work` together, and everybody
 * gets how their own ended: an error for those that `work` gives one for, its own error for all when it throws.
 */
export function gather<T>(
  milliseconds: number,
  work: (all: T[]) => Promise<Map<T, Error> | void>,
): (one: T) => Promise<void> {
  type Waiting = { one: T; resolve: () => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  const flush = async (): Promise<void> => {
    const all = waiting
    waiting = []
    try {
      const failed = await work(all.map(({ one }) => one))
      for (const { one, resolve, reject } of all) {
        const error = failed?.get(one)
        if (error) reject(error)
        else resolve()
      }
    } catch (error) {
      for (const { reject } of all) reject(error)
    }
  }
  return (one) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ one, resolve, reject }) === 1) setTimeout(() => void flush(), milliseconds)
    })
}
