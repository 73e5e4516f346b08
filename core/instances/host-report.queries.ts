import type { Transaction } from 'sequelize'
import { row, rows } from '#platform/db'
import { domainsAbove, isAnyBarred } from './instance.policy.ts'

type Reading = { tx?: Transaction | undefined }

/** What is refused of a host, or of what is asked of it: why, how often since when, and the last time. */
export type Refusal = { reason: string; count: number; firstAt: Date; lastAt: Date }

/** All that is known of one host: what admins decided, how it behaves, and what waits for it. */
export type HostReport = {
  domain: string
  state: 'well' | 'failing' | 'paused' | 'unavailable' | 'unknown'
  rule: 'suspend' | 'not-allowed' | 'silence' | null
  software: string | null
  scheme: string | null
  accounts: number
  firstContactAt: Date | null
  lastContactAt: Date | null
  lastFailureAt: Date | null
  lastProblem: string | null
  recentFailures: number
  failingDays: number
  pausedUntil: Date | null
  unavailableAt: Date | null
  nextProbeAt: Date | null
  waiting: number
  oldestAt: Date | null
  nextAt: Date | null
  dead: number
  refusals: Refusal[]
}

/** The state of a row of `instances`: what `kith federation host` and the metrics call it. */
const state = `CASE WHEN unavailable_at IS NOT NULL THEN 'unavailable'
  WHEN paused_until > now() OR openings > 0 THEN 'paused' WHEN recent_failures > 0 THEN 'failing' ELSE 'well' END`

/** What is known of a host, by its domain with the port if it has one. */
export async function hostReport(ctx: Reading, domain: string): Promise<HostReport> {
  const [found, owed, refusals] = await Promise.all([
    known(ctx, domain),
    owedTo(ctx, domain),
    refusalsOf(ctx, domain),
  ])
  return { ...found!, ...owed!, domain, refusals }
}

type Known = Omit<HostReport, keyof Owed | 'domain' | 'refusals'>

const ruled = (severity: 'suspend' | 'silence'): string =>
  `EXISTS (SELECT FROM domain_rules AS r WHERE r.domain = ANY ($2::text[]) AND r.severity = '${severity}')`

const known = (ctx: Reading, domain: string) =>
  row<Known>(
    ctx,
    `SELECT CASE WHEN i.domain IS NULL THEN 'unknown' ELSE ${state} END AS state,
       CASE WHEN ${ruled('suspend')} THEN 'suspend' WHEN ${isAnyBarred('$2::text[]')} THEN 'not-allowed'
         WHEN ${ruled('silence')} THEN 'silence' END AS rule,
       i.software, i.signature_scheme AS scheme,
       (SELECT count(*)::int FROM accounts WHERE accounts.domain = $1) AS accounts,
       i.first_contact_at AS "firstContactAt", i.last_contact_at AS "lastContactAt", i.last_failure_at AS "lastFailureAt", i.last_problem AS "lastProblem",
       coalesce(i.recent_failures, 0) AS "recentFailures", coalesce(i.failing_days, 0) AS "failingDays",
       CASE WHEN i.paused_until > now() THEN i.paused_until END AS "pausedUntil", i.unavailable_at AS "unavailableAt",
       CASE WHEN i.unavailable_at IS NOT NULL THEN coalesce(i.probing_until, now()) END AS "nextProbeAt"
     FROM (SELECT 1) AS one LEFT JOIN instances AS i ON i.domain = $1`,
    [domain, domainsAbove(domain)],
  )

type Owed = Pick<HostReport, 'waiting' | 'oldestAt' | 'nextAt' | 'dead'>

const owedTo = (ctx: Reading, domain: string) =>
  row<Owed>(
    ctx,
    `SELECT (count(*) FILTER (WHERE dead_at IS NULL))::int AS waiting, (count(*) FILTER (WHERE dead_at IS NOT NULL))::int AS dead,
       min(created_at) FILTER (WHERE dead_at IS NULL) AS "oldestAt", min(due_at) FILTER (WHERE dead_at IS NULL) AS "nextAt"
     FROM (SELECT created_at, due_at, dead_at FROM owed_work
             WHERE kind = 'delivery' AND dead_at IS NULL AND lane >= $1 AND lane < $2
           UNION ALL SELECT created_at, due_at, dead_at FROM owed_work
             WHERE kind = 'delivery' AND dead_at IS NOT NULL AND lane >= $1 AND lane < $2) AS owed`,
    [`${domain} `, `${domain}!`],
  )

const refusalsOf = (ctx: Reading, domain: string): Promise<Refusal[]> =>
  rows<Refusal>(
    ctx,
    `SELECT reason, count::int, first_at AS "firstAt", last_at AS "lastAt" FROM inbox_refusals
     WHERE host = $1 ORDER BY last_at DESC LIMIT 20`,
    [domain],
  )

/** How many hosts are in each state. */
export const hostsByState = (): Promise<{ state: string; hosts: number }[]> =>
  rows<{ state: string; hosts: number }>(
    {},
    `SELECT state, count(i.domain)::int AS hosts
     FROM unnest(ARRAY['well', 'failing', 'paused', 'unavailable']) AS all_states (state)
       LEFT JOIN (SELECT domain, ${state} AS state FROM instances) AS i USING (state) GROUP BY state`,
  )
