import { LRUCache } from 'lru-cache'
import { row, rows } from '#platform/db'

const OPENS_AFTER = 5
const WITHIN = "interval '10 minutes'"
const PAUSE = "interval '30 minutes'"

// A busy host writes many times a second; its row is looked at every five seconds, and after each failure seen here.
const heard = new LRUCache<string, true>({ max: 10_000, ttl: 5000 })

/**
 * A host answered, or wrote to us: the failures held against it are forgotten (federation rule 175), but not a pause that
 * it asked for (rule 174). Gives whether there were any.
 */
export async function recordContact(domain: string): Promise<boolean> {
  if (heard.has(domain)) return false
  const found = await row<{ hadFailed: boolean }>({}, contact, [domain])
  heard.set(domain, true)
  return found?.hadFailed ?? false
}

// The first part sees the row as it was before.
const contact = `
  WITH before AS (SELECT recent_failures > 0 OR unavailable_at IS NOT NULL AS failed FROM instances WHERE domain = $1),
    written AS (
      INSERT INTO instances (domain, last_contact_at) VALUES ($1, now())
      ON CONFLICT (domain) DO UPDATE SET last_contact_at = now(), recent_failures = 0, failing_days = 0, unavailable_at = NULL,
        paused_until = CASE WHEN instances.recent_failures = 0 AND instances.unavailable_at IS NULL THEN instances.paused_until END
      WHERE instances.last_contact_at IS NULL OR instances.last_contact_at < now() - interval '1 minute'
        OR instances.recent_failures > 0 OR instances.unavailable_at IS NOT NULL
      RETURNING 1)
  SELECT coalesce((SELECT failed FROM before), false) AND EXISTS (SELECT FROM written) AS "hadFailed"`

/**
 * A host did not answer. After five failures in ten minutes it is left alone for half an hour, then probed (federation
 * rule 176); after failures on seven days it is unavailable (rule 175).
 */
export async function recordFailure(domain: string): Promise<void> {
  heard.delete(domain)
  await rows(
    {},
    `INSERT INTO instances (domain, recent_failures, failing_days, last_failure_at) VALUES ($1, 1, 1, now())
     ON CONFLICT (domain) DO UPDATE SET
       recent_failures = CASE WHEN instances.last_failure_at > now() - ${WITHIN} THEN instances.recent_failures + 1 ELSE 1 END,
       paused_until = CASE WHEN instances.last_failure_at > now() - ${WITHIN} AND instances.recent_failures + 1 >= ${OPENS_AFTER}
         THEN now() + ${PAUSE} ELSE instances.paused_until END,
       failing_days = instances.failing_days + (instances.last_failure_at IS NULL OR instances.last_failure_at::date < now()::date)::int,
       unavailable_at = CASE WHEN instances.failing_days >= 7 THEN coalesce(instances.unavailable_at, now()) END,
       last_failure_at = now()`,
    [domain],
  )
}

/** A host asked for a pause of so many seconds, at most a day (federation rule 174). */
export async function pauseHost(domain: string, seconds: number): Promise<void> {
  await rows(
    {},
    `INSERT INTO instances (domain, paused_until) VALUES ($1, now() + make_interval(secs => $2))
     ON CONFLICT (domain) DO UPDATE SET paused_until = excluded.paused_until`,
    [domain, Math.min(seconds, 86_400)],
  )
}

export type HostState = { isUnavailable: boolean; pausedFor: number }

/** How a host has behaved: whether it is given up, and for how many seconds it is left alone. */
export async function hostState(domain: string): Promise<HostState> {
  const found = await row<HostState>(
    {},
    `SELECT unavailable_at IS NOT NULL AS "isUnavailable",
       greatest(0, extract(epoch FROM paused_until - now()))::int AS "pausedFor"
     FROM instances WHERE domain = $1`,
    [domain],
  )
  return { isUnavailable: found?.isUnavailable ?? false, pausedFor: found?.pausedFor ?? 0 }
}
