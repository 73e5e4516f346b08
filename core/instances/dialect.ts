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

const known = lru<Dialect>(5_000, 300)

/** The dialect of a host, by its domain with the port; of one whose software nobody knows `other`. */
export async function dialectAt(host: string): Promise<Dialect> {
  const kept = known.get(host)
  if (kept) return kept
  const dialect = (await heardDialect(host)) ?? 'other'
  known.set(host, dialect)
  return dialect
}

/** As `dialectAt`, as it stands at this moment; undefined while nobody knows the software. */
export async function heardDialect(host: string): Promise<Dialect | undefined> {
  const found = await row<{ software: string | null; version: string | null }>(
    {},
    'SELECT software, version FROM instances WHERE domain = $1',
    [host],
  )
  return found?.software ? dialectOf(found.software, found.version) : undefined
}

/** Forgets what was kept of a host: it says anew what it is. */
export const forgetDialect = (host: string): void => void known.delete(host)
