import { addressKey } from '#platform/address-key'
import { RateLimit } from '#platform/rate-limit'

// Five wrong passwords in ten minutes and twenty a day for one account, a hundred an hour from one address (threats I3).
const short = new RateLimit({ name: 'log-in-10m', points: 5, seconds: 600, failsClosed: true })
const long = new RateLimit({ name: 'log-in-1d', points: 20, seconds: 86_400, failsClosed: true })
const address = new RateLimit({ name: 'log-in-ip', points: 100, seconds: 3600, failsClosed: true })

/**
 * Counts one try to prove a password, for an account or an unknown name alike. Throws TooMany, or Unavailable while
 * Redis is away, because guessing must not become free then.
 */
export async function assertMayTry(who: string, ip: string): Promise<void> {
  await address.take(addressKey(ip))
  await short.take(who)
  await long.take(who)
}

/** The password was right: what was tried before does not count any more. */
export async function forgetTries(who: string): Promise<void> {
  await Promise.all([short.forget(who), long.forget(who)])
}
