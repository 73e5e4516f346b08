import { lru } from '#platform/lru'

const MOST = 4
const SLOW = 2000
const SLOW_SHARE = 80
const LONGEST = 300

type Turns = {
  active: number
  /** How long the host takes, of late. */
  milliseconds: number
  /** How many came when there was none and have not had one since. */
  waiting: number
  staggeredAt: number
}

const known = lru<Turns>(50_000)
const slowOnes = new Set<string>()
let slowTurns = 0

/** A turn at a host; whoever holds it says when it is over, and how long the host took in milliseconds. */
export type Turn = { end(milliseconds: number): void }

/** No turn: come again after so many seconds; others of the host so many apart, unless that was said a moment ago. */
export type NoTurn = { after: number; apart: number | undefined }

/**
 * A turn at a host, if there is one: four at a time for each process, two for a host that has just come back, and for all
 * slow and silent hosts together only a share, so that they stand in nobody's way (R-047, federation rule 184).
 */
export function takeTurn(host: string, { most = MOST } = {}): Turn | NoTurn {
  const turns = known.get(host) ?? { active: 0, milliseconds: 0, waiting: 0, staggeredAt: 0 }
  known.set(host, turns)
  const isSlow = turns.milliseconds > SLOW
  // Of a host that never answered it is not known whether it is there: one finds out.
  const places = turns.milliseconds === 0 ? 1 : most
  if (turns.active >= places || (isSlow && slowTurns >= SLOW_SHARE)) return comeLater(turns, most)
  // Some of those who wait may get it from another process.
  turns.waiting = turns.active === 0 ? 0 : Math.max(0, turns.waiting - 1)
  turns.active += 1
  if (isSlow) slowTurns += 1
  return {
    end: (milliseconds) => {
      turns.active -= 1
      if (isSlow) slowTurns -= 1
      turns.milliseconds =
        turns.milliseconds === 0 ? milliseconds : (turns.milliseconds * 3 + milliseconds) / 4
      if (turns.milliseconds > SLOW && slowOnes.size < 10_000) slowOnes.add(host)
      else slowOnes.delete(host)
    },
  }
}

function comeLater(turns: Turns, most: number): NoTurn {
  const apart = spacing(turns.milliseconds, most)
  turns.waiting += 1
  const now = performance.now()
  const isNews = now - turns.staggeredAt > 5000
  if (isNews) turns.staggeredAt = now
  return { after: Math.min(turns.waiting * apart, LONGEST), apart: isNews ? apart : undefined }
}

// As far apart as its turns come free; of a host that never answered yet nothing is known.
function spacing(milliseconds: number, most: number): number {
  const share = milliseconds > SLOW ? Math.min(most, SLOW_SHARE / Math.max(1, slowOnes.size)) : most
  return Math.min(LONGEST, Math.max(0.01, (milliseconds || 100) / 1000 / share))
}
