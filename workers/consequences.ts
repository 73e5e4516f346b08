import type { Ctx } from '#core/ctx'
import type { FactName, Facts } from '#platform/facts'
import { loadFolder } from '#platform/load-folder'

/** A plain function that a fact sets off. It may run more than once for one fact, so a repeat must be harmless. */
export type Consequence<N extends FactName> = (ctx: Ctx, payload: Facts[N]) => Promise<void>

type Table = { [N in FactName]?: readonly Consequence<N>[] }
type Collected = { table: Table; heavy: boolean }

const mark = Symbol('consequences')

/**
 * Lists what follows from the facts of one noun. `heavy` ones (pictures, video) have workers of their own, so that
 * nothing small waits behind them.
 */
export const consequences = (table: Table, { heavy = false } = {}): Collected =>
  Object.assign({ table, heavy }, { [mark]: true })

const isCollected = (value: unknown): value is Collected =>
  typeof value === 'object' && value !== null && mark in value

export type FollowUp = { name: string; heavy: boolean; run: Consequence<FactName> }

/** Reads `workers/consequences/` and gives, for each fact, what follows in the order of the files. */
export async function collectConsequences(): Promise<Map<FactName, FollowUp[]>> {
  const found = new Map<FactName, FollowUp[]>()
  for (const { value } of await loadFolder(new URL('consequences/', import.meta.url), isCollected)) {
    for (const [fact, list] of Object.entries(value.table) as [
      FactName,
      readonly Consequence<FactName>[],
    ][]) {
      const followUps = list.map((run) => ({ name: run.name, heavy: value.heavy, run }))
      found.set(fact, [...(found.get(fact) ?? []), ...followUps])
    }
  }
  return found
}
