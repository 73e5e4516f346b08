import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { FetchFailed, type FetchProblem } from '#platform/http-errors'
import { orElse, redis } from '#platform/redis'

const SECOND = 1000
/** Nobody waits longer than that for what somebody else fetches. */
export const PATIENCE = 5 * SECOND
// Longer than any fetch; whoever dies meanwhile leaves no more than this behind.
const LONGEST = 15 * SECOND
const RECENT = 10 * SECOND
const LOOK = 40
// What is larger is rare, and Redis is no store for it.
const LARGEST = 262_144

/** Recent: what was fetched within the last ten seconds is good enough. */
type Freshness = { recent?: boolean }

/** Fetches for all processes of the instance. Both throw FetchFailed `busy` after five seconds of waiting for another one. */
export type Flights = {
  /** One fetch at a time for each name: whoever comes meanwhile gets what it brought, or its FetchFailed. */
  share<T extends object>(name: string, bring: () => Promise<T>, freshness?: Freshness): Promise<T>
  /** What another fetch of this name brings; undefined when there is none, or it fails. */
  join<T extends object>(name: string, freshness?: Freshness): Promise<T | undefined>
}

type Failure = { problem: FetchProblem; url: string; detail: string; status?: number }
type Landed<T> = { found: T } | { failure: Failure }

const FLYING = 'flying'
// The fault of the one who asked, or of the moment.
const ownFaults = new Set<FetchProblem>(['local', 'url', 'refused', 'busy'])
const keyOf = (name: string) => `flight:${createHash('sha256').update(name).digest('base64url')}`

const read = (key: string): Promise<string | null> => orElse(() => redis.get(key), null)

/** Flights in Redis; while it is away each process fetches for itself. */
export const flights: Flights = {
  share: async (name, bring, { recent = false } = {}) => {
    const key = keyOf(name)
    const known = await read(key)
    if (known && known !== FLYING) {
      if (recent) return unpack(known)
      await orElse(() => redis.del(key), 0)
    }
    for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(LOOK)) {
      if (await orElse(async () => (await redis.set(key, FLYING, 'PX', LONGEST, 'NX')) === 'OK', true))
        return lead(key, bring)
      const landed = await read(key)
      if (landed && landed !== FLYING) return unpack(landed)
    }
    throw tooSlow(name)
  },
  join: async <T extends object>(name: string, { recent = false }: Freshness = {}) => {
    const key = keyOf(name)
    let known = await read(key)
    if (known !== FLYING && !recent) return undefined
    for (const end = performance.now() + PATIENCE; known === FLYING; known = await read(key)) {
      if (performance.now() > end) throw tooSlow(name)
      await sleep(LOOK)
    }
    return known ? foundIn<T>(known) : undefined
  },
}

/** What somebody else of this process fetches. Throws FetchFailed `busy` when it takes longer than five seconds. */
export async function patiently<T>(name: string, running: Promise<T>): Promise<T> {
  const late = new AbortController()
  try {
    return await Promise.race([
      running,
      sleep(PATIENCE, undefined, { signal: late.signal }).then(() => Promise.reject(tooSlow(name))),
    ])
  } finally {
    late.abort()
    running.catch(() => undefined)
  }
}

const tooSlow = (name: string) => new FetchFailed('busy', name, 'somebody else is still fetching it')

async function lead<T extends object>(key: string, bring: () => Promise<T>): Promise<T> {
  const land = (landed: Landed<T> | undefined): Promise<unknown> => {
    const text = landed && JSON.stringify(landed)
    if (!text || text.length > LARGEST) return orElse(() => redis.del(key), 0)
    return orElse(() => redis.set(key, text, 'PX', 'found' in landed ? RECENT : SECOND), null)
  }
  try {
    const found = await bring()
    await land({ found })
    return found
  } catch (error) {
    await land(failureOf(error))
    throw error
  }
}

function failureOf(error: unknown): { failure: Failure } | undefined {
  if (!(error instanceof FetchFailed) || ownFaults.has(error.problem)) return undefined
  const { problem, url, detail, status } = error
  return { failure: { problem, url, detail, ...(status === undefined ? {} : { status }) } }
}

function foundIn<T>(text: string): T | undefined {
  const landed = JSON.parse(text) as Landed<T>
  return 'found' in landed ? landed.found : undefined
}

function unpack<T extends object>(text: string): T {
  const landed = JSON.parse(text) as Landed<T>
  if ('found' in landed) return landed.found
  const { problem, url, detail, ...more } = landed.failure
  throw new FetchFailed(problem, url, detail, more)
}
