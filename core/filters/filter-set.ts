import type { Transaction } from 'sequelize'
import { lru } from '#platform/lru'
import type { Id } from '#platform/ids'
import { filtersOf } from './filter.queries.ts'
import { type ReadyFilter, readyFilter } from './match-filters.ts'

/** A member, and the version of their filters as it is now. */
export type Filterer = { accountId: Id; version: number }

const kept = lru<{ version: number; filters: ReadyFilter[] }>(2000)

/**
 * The filters of these members, made ready. Compiled once for each version and kept; costs no query for whom they are
 * kept, nor for whom there never were any. One query for all others.
 */
export async function filterSets(
  ctx: { tx?: Transaction | undefined },
  filterers: readonly Filterer[],
): Promise<Map<Id, readonly ReadyFilter[]>> {
  const found = new Map<Id, readonly ReadyFilter[]>()
  const missing = filterers.filter(({ accountId, version }) => {
    const known = kept.get(accountId)
    if (version > 0 && known?.version !== version) return true
    found.set(accountId, version > 0 ? (known?.filters ?? []) : [])
    return false
  })
  if (missing.length === 0) return found
  const all = await filtersOf(
    ctx,
    missing.map(({ accountId }) => accountId),
  )
  const byOwner = Map.groupBy(all, ({ accountId }) => accountId)
  for (const { accountId, version } of missing) {
    const filters = (byOwner.get(accountId) ?? []).map(readyFilter)
    found.set(accountId, filters)
    // What a transaction sees may never come true.
    if (!ctx.tx) kept.set(accountId, { version, filters })
  }
  return found
}
