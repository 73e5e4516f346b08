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

/** A condition in SQL: is the domain in `column`, whatever its port, the one in `rule` or below it? `domainsAbove` says the same. */
export const isUnder = (column: string, rule: string): string =>
  `(${column} = ${rule} OR split_part(${column}, ':', 1) = ${rule}
    OR right(split_part(${column}, ':', 1), length(${rule}) + 1) = '.' || ${rule})`

/** SQL: since when the domain in `column` is limited here, or one above it; null while none is (federation rule 229). */
export const limitedSince = (column: string): string =>
  `(SELECT min(rule.created_at) FROM domain_rules AS rule
    WHERE rule.severity = 'silence' AND ${isUnder(column, 'rule.domain')})`

/** A host, its domain without the port, and every domain above it: `a.b.example:3000` → itself, a.b.example, b.example, example. */
export function domainsAbove(host: string): string[] {
  const labels = host.toLowerCase().replace(/:\d+$/, '').split('.')
  return [host.toLowerCase(), ...labels.map((_, at) => labels.slice(at).join('.'))]
}
