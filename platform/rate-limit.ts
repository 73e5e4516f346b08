import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { TooMany, Unavailable } from './errors.ts'
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

/** Counts how often something was done by a key (an account, an address) in a span of time, over all processes. */
export class RateLimit {
  readonly #terms: Terms
  readonly #limiter: RateLimiterRedis

  constructor(terms: Terms) {
    const { name, points, seconds: duration, failsClosed } = terms
    const keyPrefix = `kith:limit:${name}`
    this.#terms = terms
    this.#limiter = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix,
      points,
      duration,
      rejectIfRedisNotReady: true,
      ...(failsClosed ? {} : { insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration }) }),
    })
  }

  /** Takes one point and tells what is left. Throws Unavailable when it fails closed and Redis is away. */
  async use(key: string): Promise<Use> {
    try {
      return this.#told(await this.#limiter.consume(key))
    } catch (rejected) {
      if (Error.isError(rejected)) throw new Unavailable(notNow)
      return this.#told(rejected as RateLimiterRes, true)
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

  #told(found: RateLimiterRes, isOver = false): Use {
    return {
      limit: this.#terms.points,
      remaining: Math.max(0, found.remainingPoints),
      resetAt: new Date(Date.now() + found.msBeforeNext),
      isOver,
    }
  }
}
