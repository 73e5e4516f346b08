import { rows } from '#platform/db'
import { gather } from '#platform/gather'

/**
 * Is nothing fetched from a domain, sent there or taken from there: because it, or one above it, is suspended (federation rule 228),
 * or because only allowed domains are spoken with and it is none of them (federation rule 231)? Takes a host with or
 * without a port. Every door to other servers asks this, or `isBarred` in SQL.
 */
export const isBarredDomain = async (host: string): Promise<boolean> => (await barredDomain(host)) === true

// Of every request and every activity this is asked more than once: all that ask at one moment ask by one query.
const barredDomain = gather<string, boolean>(0, async (hosts) => {
  const asked = [...new Set(hosts)].map((host) => ({ host, above: domainsAbove(host) }))
  const barred = await rows<{ host: string }>(
    {},
    `SELECT asked.host FROM jsonb_to_recordset($1::jsonb) AS asked (host text, above text[])
     WHERE ${isAnyBarred('asked.above')}`,
    [JSON.stringify(asked)],
  )
  return new Map(barred.map(({ host }) => [host, true]))
})

// What admins decided is one row, read once for each statement. `isIn` says whether the host is among the domains of a query.
const barredBy = (isIn: (domains: string) => string): string =>
  `(${isIn("SELECT domain FROM domain_rules WHERE severity = 'suspend'")}
    OR ((SELECT true FROM settings WHERE key = 'federation' AND value = '"allowed"') IS NOT NULL
      AND NOT ${isIn('SELECT domain FROM allowed_domains')}))`

/** A condition in SQL: is a host barred, given the expression of an array with it and all `domainsAbove` it? */
export const isAnyBarred = (names: string): string =>
  barredBy((domains) => `EXISTS (SELECT FROM (${domains}) AS named WHERE named.domain = ANY (${names}))`)

// The few names above a domain are looked up: comparing it with each of a thousand rules costs seconds for ten thousand rows.
const above = (column: string): string =>
  `(SELECT ${column} UNION ALL SELECT array_to_string(labels[at:], '.')
    FROM (SELECT string_to_array(split_part(${column}, ':', 1), '.') AS labels) AS split, generate_subscripts(labels, 1) AS at)`

/** A condition in SQL: is the domain in `column` barred? It is not null. Where there are no rules, no row costs anything. */
export const isBarred = (column: string): string =>
  barredBy(
    (domains) => `(EXISTS (${domains})
      AND EXISTS (SELECT FROM ${above(column)} AS name (domain) WHERE name.domain IN (${domains})))`,
  )

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
