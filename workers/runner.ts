import { setTimeout as sleep } from 'node:timers/promises'
import { bury, claim, finish, hand, LeaseLost, postpone, prolong, release, renew } from '#platform/claims'
import { TooMany } from '#platform/errors'
import { log } from '#platform/log'
import { isDatabaseAway, isOutage, isRedisAway } from '#platform/outage'
import type { OwedRow } from '#platform/owed-work'
import { Permanent, Retry } from '#platform/outcomes'

/** What a handler gives: nothing when the row is done; else when it is due again, or who takes it over. */
export type Outcome = void | { again: Date } | { kind: string } | { finished: true }

/** How one kind of owed work is done. */
export type Trade = {
  handle(row: OwedRow): Promise<Outcome>
  /** How many rows at a time in one process. */
  concurrency: number
  /** How many hands more it gets for those that have waited for somebody for long: one that never answers keeps no hand from others. */
  lent?: number
  /** How often a row is tried before it is buried. */
  tries: number
  /** Seconds until the next try, after so many. Jitter is added. */
  pause(attempts: number): number
  /** Is what it needs away? The work is not to blame for that, so the try does not count, however long it lasts. */
  isAway?(error: unknown): boolean
}

// While there is work in hand, claims are so many milliseconds apart, so that each brings more than a row; while more
// waits than can be done, they wait for half of the hands to be free, but not longer than that: the others may be stuck.
const GATHER = 20
const PATIENCE = 100
const LONG = 2000

/** Doubling from a second to an hour. */
export const doubling = (attempts: number): number => Math.min(2 ** (attempts - 1), 3600)

// Redis holds nothing that counts; work that needs it waits, however long it is away, and is not to blame.
const REDIS_PAUSE = 15

/** Does the owed work of one kind: claims, runs, records. Made once for each kind and process. */
export class Runner {
  readonly kind: string
  readonly #trade: Trade
  // In the order in which they were taken up.
  readonly #held = new Map<string, { row: OwedRow; since: number }>()
  #isClaiming = false
  #isWanted = false
  #isBacklog = false
  #claimedAt = 0
  #isStopped = false

  constructor(kind: string, trade: Trade) {
    this.kind = kind
    this.#trade = trade
  }

  get running(): number {
    return this.#held.size
  }

  /** Looks for due work until there is none, or all hands are full. Cheap to call often. */
  async wake(): Promise<void> {
    this.#isWanted = true
    if (this.#isClaiming) return
    this.#isClaiming = true
    try {
      while (this.#isWanted && !this.#isStopped) {
        while (this.#isEarly()) await sleep(GATHER)
        if (this.#isStopped) break
        this.#isWanted = false
        const free = this.#free()
        if (free <= 0) break
        this.#claimedAt = performance.now()
        const claimed = await claim(this.kind, free)
        for (const row of claimed) void this.#work(row)
        this.#isBacklog = claimed.length === free
        if (this.#isBacklog) this.#isWanted = true
      }
    } catch (error) {
      log.warn(
        { kind: this.kind, error: reasonOf(error) },
        'owed work could not be claimed; the sweep tries again',
      )
    } finally {
      this.#isClaiming = false
    }
  }

  #free(): number {
    const { concurrency, lent = 0 } = this.#trade
    const longAgo = performance.now() - LONG
    let waiting = 0
    for (const { since } of this.#held.values()) {
      if (waiting === lent || since > longAgo) break
      waiting += 1
    }
    return concurrency + waiting - this.#held.size
  }

  #isEarly(): boolean {
    if (this.#held.size === 0 || this.#isStopped) return false
    const isBusy = this.#isBacklog && this.#free() * 2 < this.#trade.concurrency
    return performance.now() - this.#claimedAt < (isBusy ? PATIENCE : GATHER)
  }

  async #work(row: OwedRow): Promise<void> {
    this.#held.set(row.id, { row, since: performance.now() })
    try {
      await this.work(row)
    } catch (error) {
      log.warn(
        { kind: row.kind, id: row.id, error: reasonOf(error) },
        'the end of owed work could not be recorded',
      )
    } finally {
      this.#held.delete(row.id)
      // More may wait than was claimed, or behind this one in its lane; a bell rings for what is new.
      if (!this.#isStopped && (this.#isBacklog || row.lane)) void this.wake()
    }
  }

  /** Works on one claimed row and records how it ended. */
  async work(row: OwedRow): Promise<void> {
    let record: () => Promise<void>
    try {
      const outcome = await this.#trade.handle(row)
      record = () => recordOutcome(row, outcome)
    } catch (error) {
      record = () => this.#recordFailure(row, error)
    }
    await persist(record)
  }

  async #recordFailure(row: OwedRow, error: unknown): Promise<void> {
    const reason = reasonOf(error)
    const hadNoChance = error instanceof Retry && !error.isCounted
    const isCounted = !hadNoChance && !isRedisAway(error) && !this.#trade.isAway?.(error)
    if (error instanceof Permanent || (isCounted && row.attempts >= this.#trade.tries)) {
      log.warn({ kind: row.kind, id: row.id, attempts: row.attempts, error: reason }, 'owed work was buried')
      return bury(row, reason)
    }
    const pause = this.#pauseAfter(error, row.attempts)
    const about = { kind: row.kind, id: row.id, attempts: row.attempts, pause, error: reason }
    log[hadNoChance ? 'debug' : 'info'](about, 'owed work is tried again')
    const payload = error instanceof Retry ? error.payload : undefined
    await postpone(row, { seconds: pause * (0.8 + Math.random() * 0.4), reason, payload, isCounted })
  }

  // A pause is meant for whoever did not answer; when that was our own database, it answers again by now.
  #pauseAfter(error: unknown, attempts: number): number {
    if (isDatabaseAway(error)) return 1
    if (isRedisAway(error)) return REDIS_PAUSE
    const pause = this.#trade.pause(attempts)
    if (error instanceof TooMany) return Math.max(pause, (error.retryAt.getTime() - Date.now()) / 1000)
    return error instanceof Retry && error.seconds ? error.seconds : pause
  }

  #rows = (): OwedRow[] => [...this.#held.values()].map(({ row }) => row)

  /** Lengthens the leases of what is in hand. */
  async keep(): Promise<void> {
    if (this.#held.size > 0) await prolong(this.#rows())
  }

  /** Takes no more; waits for what is in hand, and hands back what is not done after so many milliseconds. */
  async stop(patience: number): Promise<void> {
    this.#isStopped = true
    const end = Date.now() + patience
    while (this.#held.size > 0 && Date.now() < end) await sleep(20)
    if (this.#held.size > 0) await release(this.#rows())
  }
}

async function recordOutcome(row: OwedRow, outcome: Outcome): Promise<void> {
  if (!outcome) await finish(row)
  else if ('again' in outcome) await renew(row, outcome.again)
  else if ('kind' in outcome) await hand(row, outcome.kind)
}

const pauses = [100, 300, 1000, 2000, 3000, 4000, 5000]

// What was done must not be done again only because PostgreSQL restarts at this moment; a lease lasts longer than this.
async function persist(record: () => Promise<void>): Promise<void> {
  for (const pause of pauses) {
    try {
      return await record()
    } catch (error) {
      if (error instanceof LeaseLost) return log.info(error.message)
      if (!isOutage(error)) throw error
      await sleep(pause)
    }
  }
  await record()
}

const reasonOf = (error: unknown): string =>
  Error.isError(error) ? `${error.name}: ${error.message}` : String(error)
