import { row } from '#platform/db'

/**
 * Is a domain, or one above it, suspended here? (federation rule 228) Takes a host with or without a port.
 */
export async function isSuspendedDomain(host: string): Promise<boolean> {
  const found = await row(
    {},
    `SELECT 1 AS one FROM domain_rules WHERE severity = 'suspend' AND domain = ANY ($1)`,
    [domainsAbove(host)],
  )
  return found !== undefined
}

/** A host, its domain without the port, and every domain above it: `a.b.example:3000` → itself, a.b.example, b.example, example. */
export function domainsAbove(host: string): string[] {
  const labels = host.toLowerCase().replace(/:\d+$/, '').split('.')
  return [host.toLowerCase(), ...labels.map((_, at) => labels.slice(at).join('.'))]
}
