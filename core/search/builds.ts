import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'

export type EngineName = 'postgres' | 'elasticsearch'

/** Makes an index anew from the newest post down: it stays in use meanwhile, and the workers go on with it. */
export const startBuild = (ctx: Pick<Ctx, 'tx'>, engine: EngineName = 'postgres'): Promise<unknown> =>
  rows(
    ctx,
    `INSERT INTO search_builds (engine, next_id) VALUES ($1, 9223372036854775807)
     ON CONFLICT (engine) DO UPDATE SET next_id = excluded.next_id, started_at = now()`,
    [engine],
  )

/** Below which post an index has still to be built; null for one that is whole, undefined for one nobody began. */
export const nextToBuild = async (ctx: Pick<Ctx, 'tx'>, engine: EngineName): Promise<Id | null | undefined> =>
  (await row<{ next_id: Id | null }>(ctx, 'SELECT next_id FROM search_builds WHERE engine = $1', [engine]))
    ?.next_id

/** Keeps how far a build has come. Gives false when another has begun at the top meanwhile. */
export const keepBuild = async (
  ctx: Pick<Ctx, 'tx'>,
  engine: EngineName,
  { from, to }: { from: Id; to: Id | null },
): Promise<boolean> =>
  (await row(
    ctx,
    'UPDATE search_builds SET next_id = $3 WHERE engine = $1 AND next_id = $2 RETURNING engine',
    [engine, from, to],
  )) !== undefined
