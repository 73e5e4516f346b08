import { row } from '#platform/db'
import { lru } from '#platform/lru'

/** How a server wants those few things said that cannot be said in one way to all (wire G5). */
export type Dialect =
  | 'pleroma'
  | 'misskey'
  | 'threadiverse'
  | 'peertube'
  | 'pixelfed'
  | 'early-gotosocial'
  | 'other'

const families: Record<Exclude<Dialect, 'early-gotosocial' | 'other'>, string> = {
  pleroma: 'pleroma akkoma rebased soapbox',
  misskey: 'misskey sharkey firefish iceshrimp iceshrimp.net cherrypick foundkey',
  threadiverse: 'lemmy piefed mbin kbin lotide',
  peertube: 'peertube',
  pixelfed: 'pixelfed',
}
const dialects = new Map(
  Object.entries(families).flatMap(([dialect, names]) =>
    names.split(' ').map((name): [string, Dialect] => [name, dialect as Dialect]),
  ),
)

/** The dialect of a software by the name and version that NodeInfo gives it, in any case. */
export function dialectOf(software: string | null | undefined, version?: string | null): Dialect {
  const name = software?.toLowerCase() ?? ''
  // Before 0.20 it knows no requests.
  if (name === 'gotosocial' && /^0\.1\d\b/.test(version ?? '')) return 'early-gotosocial'
  return dialects.get(name) ?? 'other'
}

/** What a host runs, as far as it was learnt; names are in lower case. */
export type Software = { name: string | null; version: string | null }

const nothing: Software = { name: null, version: null }
const known = lru<Software>(5_000, 300)

/** What a host runs, by its domain with the port, as it was known some minutes ago. */
export async function softwareAt(host: string): Promise<Software> {
  const kept = known.get(host)
  if (kept) return kept
  const software = (await heardSoftware(host)) ?? nothing
  known.set(host, software)
  return software
}

const heardSoftware = (host: string): Promise<Software | undefined> =>
  row<Software>({}, 'SELECT software AS name, version FROM instances WHERE domain = $1', [host])

/** The dialect of a host, by its domain with the port; of one whose software nobody knows `other`. */
export async function dialectAt(host: string): Promise<Dialect> {
  const { name, version } = await softwareAt(host)
  return dialectOf(name, version)
}

/** As `dialectAt`, as it stands at this moment; undefined while nobody knows the software. */
export async function heardDialect(host: string): Promise<Dialect | undefined> {
  const { name, version } = (await heardSoftware(host)) ?? nothing
  return name ? dialectOf(name, version) : undefined
}

/** Forgets what was kept of a host: it says anew what it is. */
export const forgetDialect = (host: string): void => void known.delete(host)
