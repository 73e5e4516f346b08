import { rows } from '#platform/db'
import { forgetDialect } from './dialect.ts'

/**
 * Takes up to `limit` hosts whose NodeInfo is to be read: those that were there in the last week and were not asked for a day,
 * whatever came of it (feature nodeinfo-03). Nobody else gets them until tomorrow.
 */
export const claimUnasked = async (limit: number): Promise<string[]> =>
  (
    await rows<{ domain: string }>(
      {},
      `UPDATE instances SET nodeinfo_fetched_at = now() WHERE domain IN (
         SELECT domain FROM instances
         WHERE unavailable_at IS NULL AND openings = 0 AND last_contact_at > now() - interval '7 days'
           AND (nodeinfo_fetched_at IS NULL OR nodeinfo_fetched_at < now() - interval '1 day')
         ORDER BY nodeinfo_fetched_at NULLS FIRST LIMIT ${Math.trunc(limit)} FOR UPDATE SKIP LOCKED)
       RETURNING domain`,
    )
  ).map(({ domain }) => domain)

const LONGEST = 100

/** Keeps what a host says it runs. */
export async function recordSoftware(
  domain: string,
  { name, version }: { name: string; version: string | null },
): Promise<void> {
  await rows(
    {},
    `INSERT INTO instances (domain, software, version) VALUES ($1, $2, $3)
     ON CONFLICT (domain) DO UPDATE SET software = excluded.software, version = excluded.version`,
    [domain, name.toLowerCase().slice(0, LONGEST), version?.slice(0, LONGEST) ?? null],
  )
  forgetDialect(domain)
}
