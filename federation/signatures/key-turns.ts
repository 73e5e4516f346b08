import { TooMany } from '#platform/errors'

/** How many keys are fetched at a time, and how many requests wait for keys; of one host, and of all together. */
export type TurnLimits = { perHost: number; total: number; waitingPerHost: number; waiting: number }

/** Requests whose signature waits for a key that must be fetched first, in one process. */
export type KeyTurns = {
  /**
   * Runs `bring`, or waits with those who want the same key. Throws TooMany when as many keys are being fetched, or as many
   * requests wait, as may be: whoever makes up keys holds up nobody else.
   */
  take<T>(keyId: string, bring: () => Promise<T>): Promise<T>
}

/** ten of one host, fifty in all. Those who wait for one key with others cost no fetch, only their place here. */
export const turnLimits = (factor = 1): TurnLimits => ({
  perHost: 10 * factor,
  total: 50 * factor,
  waitingPerHost: 50 * factor,
  waiting: 200 * factor,
})

const PAUSE = 10_000

/** See `KeyTurns`. `wait` is how the others wait for what one of them fetches. */
export function createKeyTurns(
  limits: TurnLimits,
  wait: <T>(keyId: string, running: Promise<T>) => Promise<T> = (_keyId, running) => running,
): KeyTurns {
  const underWay = new Map<string, Promise<unknown>>()
  const fetching = new Tally()
  const waiting = new Tally()
  const assertRoom = (tally: Tally, host: string, perHost: number, total: number): void => {
    if (tally.of(host) >= perHost || tally.total >= total) throw new TooMany(new Date(Date.now() + PAUSE))
  }
  const begin = <T>(keyId: string, host: string, bring: () => Promise<T>): Promise<T> => {
    assertRoom(fetching, host, limits.perHost, limits.total)
    fetching.add(host, 1)
    const running = bring().finally(() => {
      fetching.add(host, -1)
      underWay.delete(keyId)
    })
    underWay.set(keyId, running)
    return running
  }
  return {
    take: async <T>(keyId: string, bring: () => Promise<T>): Promise<T> => {
      const host = URL.parse(keyId)?.host ?? ''
      assertRoom(waiting, host, limits.waitingPerHost, limits.waiting)
      const other = underWay.get(keyId) as Promise<T> | undefined
      const running = other ? wait(keyId, other) : begin(keyId, host, bring)
      waiting.add(host, 1)
      try {
        return await running
      } finally {
        waiting.add(host, -1)
      }
    },
  }
}

/** Counts by name, and together. */
class Tally {
  total = 0
  readonly #counts = new Map<string, number>()

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  add(name: string, by: 1 | -1): void {
    this.total += by
    const count = this.of(name) + by
    if (count > 0) this.#counts.set(name, count)
    else this.#counts.delete(name)
  }
}
