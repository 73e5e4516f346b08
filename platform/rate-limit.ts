import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { TooMany, Unavailable } from './errors.ts'
import { lru } from './lru.ts'
import { orElse, redis } from './redis.ts'

/** How much of a limit is used up: `resetAt` is when it is whole again. */
export type Use = { limit: number; remaining: number; resetAt: Date; isOver: boolean }

type Terms = {
  name: string
  points: number
  seconds: number
  /** Refuse while Redis is away, instead of counting in this process alone: for whatever guesses could open. */
  failsClosed?: boolean
}

const notNow =
  'This server cannot count tries at the moment, so it lets nobody try; please try again in a minute'

/** What this process took from Redis and has not used yet; `remaining` counts it in. */
type Share = Pick<Use, 'limit' | 'remaining' | 'resetAt'> & { points: number }

// So little at a time that whoever comes by several processes loses next to nothing, and the less the less is left.
const SHARE = 1 / 20

const all: RateLimit[] = []

/** Forgets what this process has drawn and not used. */
export const forgetShares = (): void => all.forEach((limit) => limit.forgetShares())

/**
 * Counts how often something was done by a key (an account, an address) in a span of time, over all processes. Points
 * are drawn from Redis a few at a time, so that most calls wait for nobody; those that fail closed are counted one by one.
 */
export class RateLimit {
  readonly #terms: Terms
  readonly #shares = lru<Share>(20_000)
  readonly #drawing = new Map<string, Promise<void>>()
  readonly #limiter: RateLimiterRedis

  constructor(terms: Terms) {
    const { name, points, seconds: duration, failsClosed } = terms
    const keyPrefix = `kith:limit:${name}`
    this.#terms = terms
    all.push(this)
    this.#limiter = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix,
      points,
      duration,
      rejectIfRedisNotReady: true,
      ...(failsClosed ? {} : { insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }) }),
    })
  }

  forgetShares(): void {
    this.#shares.clear()
  }

  /** How often, in how many seconds. */
  get terms(): { points: number; seconds: number } {
    const { points, seconds } = this.#terms
    return { points, seconds }
  }

  /** Takes one point and tells what is left. Throws Unavailable when it fails closed and Redis is away. */
  async use(key: string): Promise<Use> {
    if (this.#terms.failsClosed) return this.#draw(key, 1)
    for (;;) {
      const share = this.#shares.get(key)
      if (share && share.resetAt.getTime() > Date.now() && (share.points > 0 || share.remaining === 0))
        return spend(share)
      // Two who drew at once would leave the points of one unused.
      const drawing = this.#drawing.get(key)
      if (drawing) await drawing
      else await this.#share(key, Math.max(1, Math.floor((share?.remaining ?? 0) * SHARE)))
    }
  }

  /** Takes one point. Throws TooMany when none is left. */
  async take(key: string): Promise<void> {
    const { isOver, resetAt } = await this.use(key)
    if (isOver) throw new TooMany(resetAt)
  }

  /** Forgets what a key has used: after a log-in that succeeded. While Redis is away it runs out by itself, later. */
  async forget(key: string): Promise<void> {
    await orElse(() => this.#limiter.delete(key), false)
  }

  #share(key: string, points: number): Promise<void> {
    const drawn = this.#draw(key, points)
      .then(({ isOver, remaining, ...use }) => {
        const share = isOver ? { points: 0, remaining: 0 } : { points, remaining: remaining + points }
        this.#shares.set(key, { ...use, ...share })
      })
      .finally(() => this.#drawing.delete(key))
    this.#drawing.set(key, drawn)
    return drawn
  }

  async #draw(key: string, points: number): Promise<Use> {
    try {
      return this.#told(await this.#limiter.consume(key, points), false)
    } catch (rejected) {
      if (Error.isError(rejected)) throw new Unavailable(notNow)
      return this.#told(rejected as RateLimiterRes, true)
    }
  }

  #told({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Use {
    return {
      limit: this.#terms.points,
      remaining: Math.max(0, remainingPoints),
      resetAt: new Date(Date.now() + msBeforeNext),
      isOver,
    }
  }
}

function spend(share: Share): Use {
  const { limit, resetAt } = share
  if (share.points === 0) return { limit, resetAt, remaining: 0, isOver: true }
  share.points -= 1
  share.remaining -= 1
  return { limit, resetAt, remaining: share.remaining, isOver: false }
}
