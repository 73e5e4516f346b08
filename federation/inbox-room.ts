import { poolUse, row } from '#platform/db'
import { log } from '#platform/log'
import { count } from './counters.ts'

/** So many activities a process takes in at a time. */
const MOST = 100
/** … and at least, when it is behind with everything, or queries wait for a connection: people come first. */
const LEAST = 48
const STEP = 2
const QUEUE = 10
const BEAT = 50
const LATE = 100
/** What was turned away is felt only when what was in hand is done. */
const FELT = 500
/** So many may wait to be worked on: minutes of work. */
const BACKLOG = 20_000
const LOOK = 2000

let inHand = 0
const inHandOf = new Map<string, number>()
let lookedAt = -Infinity
let isFull = false
let room = MOST
let beating: NodeJS.Timeout | undefined

/**
 * Takes a place for one activity that comes in from an address, and gives how to leave it. Undefined when as many are being taken in,
 * or wait to be worked on, as this instance can bear: whoever sends must come again. Nobody gets more than half of
 * the places, so that whoever floods keeps out nobody else.
 */
export function enterInbox(address: string): (() => void) | undefined {
  beating ??= beat()
  if (performance.now() - lookedAt > LOOK) void look()
  if (isFull || inHand >= room || (inHandOf.get(address) ?? 0) >= room / 2) {
    count('refused', 'overload')
    return undefined
  }
  step(address, 1)
  let isInside = true
  return () => {
    if (isInside) step(address, -1)
    isInside = false
  }
}

function step(address: string, by: 1 | -1): void {
  inHand += by
  const many = (inHandOf.get(address) ?? 0) + by
  if (many > 0) inHandOf.set(address, many)
  else inHandOf.delete(address)
}

// What is in hand is what everybody else waits for: half as many while this process is late, then slowly more again.
function beat(): NodeJS.Timeout {
  let last = performance.now()
  let halvedAt = -Infinity
  const timer = setInterval(() => {
    const now = performance.now()
    const isStrained = now - last > BEAT + LATE || poolUse().waiting > QUEUE
    last = now
    if (!isStrained) room = Math.min(MOST, room + STEP)
    else if (now - halvedAt > FELT) {
      room = Math.max(LEAST, Math.floor(room / 2))
      halvedAt = now
    }
  }, BEAT)
  return timer.unref()
}

/** Looks how much waits; nobody waits for that. While PostgreSQL does not answer, that says so itself. */
export async function look(most = BACKLOG): Promise<void> {
  lookedAt = performance.now()
  try {
    const found = await row<{ waiting: number }>(
      {},
      `SELECT count(*)::int AS waiting FROM (
         SELECT FROM owed_work WHERE kind = 'inbox' AND dead_at IS NULL AND due_at <= now() LIMIT ${Math.trunc(most) + 1}) AS due`,
    )
    isFull = (found?.waiting ?? 0) > most
  } catch (error) {
    isFull = false
    log.warn({ error: String(error) }, 'what waits could not be counted')
  }
}
