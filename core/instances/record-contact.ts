import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import { lru } from '#platform/lru'

const OPENS_AFTER = 5
const WITHIN = "interval '10 minutes'"
const PAUSE = "interval '30 minutes'"
const LONGEST = "interval '6 hours'"
const FAILING_DAYS = 7
const GATHER = 20

// A busy host writes many times a second; its row is looked at every five seconds, and after each failure seen here.
const heard = lru<true>(10_000, 5)

/**
 * A host answered, or wrote to us: the failures held against it are forgotten (federation rule 175), but not a pause that
 * it asked for (rule 174). Gives whether there were any.
 */
export async function recordContact(domain: string): Promise<boolean> {
  if (heard.has(domain)) return false
  const hadFailed = await contacts(domain)
  heard.set(domain, true)
  return hadFailed ?? false
}

// The first part sees the rows as they were before; the order keeps two processes from waiting for each other.
const contacts = gather<string, boolean>(GATHER, async (domains) => {
  const found = await rows<{ domain: string; hadFailed: boolean }>(
    {},
    `WITH before AS (SELECT domain, recent_failures > 0 OR unavailable_at IS NOT NULL AS failed FROM instances
         WHERE domain = ANY ($1)),
       written AS (
         INSERT INTO instances (domain, last_contact_at) SELECT domain, now() FROM unnest($1::text[]) AS domain
         ON CONFLICT (domain) DO UPDATE SET last_contact_at = now(), recent_failures = 0, failing_days = 0, unavailable_at = NULL,
           openings = 0, probing_until = NULL,
           recovered_at = CASE WHEN instances.openings > 0 OR instances.unavailable_at IS NOT NULL THEN now() ELSE instances.recovered_at END,
           paused_until = CASE WHEN instances.recent_failures = 0 AND instances.unavailable_at IS NULL THEN instances.paused_until END
         WHERE instances.last_contact_at IS NULL OR instances.last_contact_at < now() - interval '1 minute'
           OR instances.recent_failures > 0 OR instances.unavailable_at IS NOT NULL
         RETURNING domain)
     SELECT domain, coalesce(failed, false) AS "hadFailed" FROM written LEFT JOIN before USING (domain)`,
    [[...new Set(domains)].toSorted()],
  )
  return new Map(found.map(({ domain, hadFailed }) => [domain, hadFailed]))
})

/**
 * A host did not answer, and why. After five failures in ten minutes its breaker opens: it is left alone for half an hour, then
 * probed, and for twice as long after each probe that fails, up to six hours (federation rule 176, R-042); after
 * failures on seven days it is unavailable (rule 175, R-044).
 */
export async function recordFailure(domain: string, problem = 'no answer'): Promise<void> {
  heard.delete(domain)
  await rows({}, failure, [domain, problem.slice(0, 200)])
}

// What fails while the breaker is open was under way before: only a probe opens it for longer.
const isRecent = `instances.last_failure_at > now() - ${WITHIN}`
const opens = `(instances.openings = 0 AND ${isRecent} AND instances.recent_failures + 1 >= ${OPENS_AFTER})`
const probed = `(instances.openings > 0 AND instances.paused_until <= now())`
const days = `(instances.failing_days + (instances.last_failure_at IS NULL OR
  (instances.last_failure_at AT TIME ZONE 'UTC')::date < (now() AT TIME ZONE 'UTC')::date)::int)`
const failure = `
  INSERT INTO instances (domain, recent_failures, failing_days, last_failure_at, last_problem) VALUES ($1, 1, 1, now(), $2)
  ON CONFLICT (domain) DO UPDATE SET
    recent_failures = CASE WHEN ${isRecent} OR instances.openings > 0 THEN instances.recent_failures + 1 ELSE 1 END,
    openings = instances.openings + (${opens} IS TRUE OR ${probed} IS TRUE)::int,
    paused_until = CASE WHEN ${opens} OR ${probed}
      THEN now() + least(${PAUSE} * power(2, least(instances.openings, 8)), ${LONGEST}) ELSE instances.paused_until END,
    probing_until = NULL,
    failing_days = ${days},
    unavailable_at = CASE WHEN ${days} >= ${FAILING_DAYS} THEN coalesce(instances.unavailable_at, now())
      ELSE instances.unavailable_at END,
    last_failure_at = now(), last_problem = excluded.last_problem`

/** A host asked for a pause of so many seconds, at most a day (federation rule 174). */
export async function pauseHost(domain: string, seconds: number): Promise<void> {
  await rows(
    {},
    `INSERT INTO instances (domain, paused_until) VALUES ($1, now() + make_interval(secs => $2))
     ON CONFLICT (domain) DO UPDATE SET paused_until = excluded.paused_until`,
    [domain, Math.min(seconds, 86_400)],
  )
}

/** A host says itself that it is no more: nothing is tried there until it is heard of. */
export async function recordEnd(domain: string): Promise<void> {
  heard.delete(domain)
  await rows(
    {},
    `UPDATE instances SET unavailable_at = coalesce(unavailable_at, now()), last_failure_at = now(),
       last_problem = 'it says that it is gone (410)' WHERE domain = $1`,
    [domain],
  )
}
