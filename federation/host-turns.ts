import { LRUCache } from 'lru-cache'

const MOST = 4
const SLOW = 2000
const SLOW_SHARE = 80

type Turns = { active: number; milliseconds: number }

// How long hosts take, of late; those of them that are being asked just now are never forgotten.
const known = new LRUCache<string, Turns>({ max: 50_000 })
const slowOnes = new Set<string>()
let slowTurns = 0

/** A turn at a host; whoever holds it says when it is over, and how long the host took. */
export type Turn = { end(milliseconds: number): void }

/**
 * A turn at a host, or after how many seconds there is one: four at a time for each process, two for a host that has just come
 * back, and for all slow hosts together only a share, so that they stand in nobody's way (R-047,
 * federation rule 184).
 */
export function takeTurn(host: string, { most = MOST } = {}): Turn | { after: number } {
  const turns = known.get(host) ?? { active: 0, milliseconds: 0 }
  const isSlow = turns.milliseconds > SLOW
  if (turns.active >= most || (isSlow && slowTurns >= SLOW_SHARE))
    return { after: spacing(turns.milliseconds, most, isSlow) }
  turns.active += 1
  if (isSlow) slowTurns += 1
  known.set(host, turns)
  return {
    end: (milliseconds) => {
      turns.active -= 1
      if (isSlow) slowTurns -= 1
      turns.milliseconds =
        turns.milliseconds === 0 ? milliseconds : (turns.milliseconds * 3 + milliseconds) / 4
      if (turns.milliseconds > SLOW) slowOnes.add(host)
      else slowOnes.delete(host)
      if (slowOnes.size > 10_000) slowOnes.clear()
      known.set(host, turns)
    },
  }
}

const spacing = (milliseconds: number, most: number, isSlow: boolean): number => {
  const turns = isSlow ? Math.min(most, SLOW_SHARE / Math.max(1, slowOnes.size)) : most
  return Math.min(300, Math.max(0.02, milliseconds / 1000 / turns))
}
