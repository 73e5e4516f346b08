import { row } from '#platform/db'
import { lru } from '#platform/lru'

/** How a server wants those few things said that cannot be said in one way to all (wire G5). */
export type Dialect = 'pleroma' | 'misskey' | 'threadiverse' | 'peertube' | 'pixelfed' | 'other'

const families: Record<Exclude<Dialect, 'other'>, string> = {
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

/** The dialect of a software by the name that NodeInfo gives it, in any case. */
export const dialectOf = (software: string | null | undefined): Dialect =>
  dialects.get(software?.toLowerCase() ?? '') ?? 'other'

const known = lru<Dialect>(5_000, 300)

/** The dialect of a host, by its domain with the port; of one whose software nobody knows `other`. */
export async function dialectAt(host: string): Promise<Dialect> {
  const kept = known.get(host)
  if (kept) return kept
  const found = await row<{ software: string | null }>(
    {},
    'SELECT software FROM instances WHERE domain = $1',
    [host],
  )
  const dialect = dialectOf(found?.software)
  known.set(host, dialect)
  return dialect
}

/** Forgets what was kept of a host: it says anew what it is. */
export const forgetDialect = (host: string): void => void known.delete(host)
