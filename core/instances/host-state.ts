import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import { domainsAbove, isAnyBarred } from './instance.policy.ts'

/**
 * How a host has behaved: whether it is given up, for how many seconds it is left alone, whether its breaker is open, and
 * whether it came back less than five minutes ago; and whether nothing is sent there by a rule of the admins.
 */
export type HostState = {
  isBarred: boolean
  isUnavailable: boolean
  pausedFor: number
  isOpen: boolean
  isRecovering: boolean
}

/** The state of a host, by its domain with the port. Those that are asked for in one moment are read together. */
export async function hostState(domain: string): Promise<HostState> {
  return (await states(domain))!
}

const states = gather<string, HostState>(0, async (domains) => {
  const asked = [...new Set(domains)].map((domain) => ({ domain, above: domainsAbove(domain) }))
  const found = await rows<HostState & { domain: string }>(
    {},
    `SELECT asked.domain, ${isAnyBarred('asked.above')} AS "isBarred",
       i.unavailable_at IS NOT NULL AS "isUnavailable", coalesce(i.openings > 0, false) AS "isOpen",
       coalesce(greatest(0, ceil(extract(epoch FROM i.paused_until - now()))), 0)::int AS "pausedFor",
       coalesce(i.recovered_at > now() - interval '5 minutes', false) AS "isRecovering"
     FROM jsonb_to_recordset($1::jsonb) AS asked (domain text, above text[])
       LEFT JOIN instances AS i ON i.domain = asked.domain`,
    [JSON.stringify(asked)],
  )
  return new Map(found.map(({ domain, ...state }) => [domain, state]))
})

/** Takes the one try that a host with an open breaker gets; false when somebody else is at it. */
export async function claimProbe(domain: string): Promise<boolean> {
  const claimed = await rows(
    {},
    `UPDATE instances SET probing_until = now() + interval '60 seconds'
     WHERE domain = $1 AND openings > 0 AND (probing_until IS NULL OR probing_until < now())
       AND (paused_until IS NULL OR paused_until <= now()) RETURNING domain`,
    [domain],
  )
  return claimed.length > 0
}

/**
 * Takes up to `limit` unavailable hosts whose time to be asked again has come: once a day for 90 days, then once a week
 * . Nobody else gets them until their next time.
 */
export const claimUnavailable = async (limit: number): Promise<string[]> =>
  (
    await rows<{ domain: string }>(
      {},
      `UPDATE instances SET probing_until = now() +
         CASE WHEN unavailable_at > now() - interval '90 days' THEN interval '1 day' ELSE interval '7 days' END
       WHERE domain IN (SELECT domain FROM instances
         WHERE unavailable_at IS NOT NULL AND (probing_until IS NULL OR probing_until < now())
         ORDER BY probing_until NULLS FIRST LIMIT ${Math.trunc(limit)} FOR UPDATE SKIP LOCKED)
       RETURNING domain`,
    )
  ).map(({ domain }) => domain)

/** Those of these hosts that are given up. */
export const unavailableAmong = async (domains: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await rows<{ domain: string }>(
        {},
        'SELECT domain FROM instances WHERE unavailable_at IS NOT NULL AND domain = ANY ($1)',
        [domains],
      )
    ).map(({ domain }) => domain),
  )
