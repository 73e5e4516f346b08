import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { postDocuments } from './documents/post.ts'
import { postgresEngine } from './engines/postgres.ts'

const BATCH = 500
const SECONDS = 20

/** Makes the index anew from the newest post down: it stays in use meanwhile, and the workers go on with it. */
export const startBuild = (ctx: Pick<Ctx, 'tx'>): Promise<unknown> =>
  rows(
    ctx,
    `INSERT INTO search_builds (engine, next_id) VALUES ('postgres', 9223372036854775807)
     ON CONFLICT (engine) DO UPDATE SET next_id = excluded.next_id, started_at = now()`,
  )

/**
 * Goes on with the index where it was left, for up to 20 seconds, and gives whether it is whole by now. Posts that come,
 * change or go meanwhile are seen to by their own consequences.
 */
export async function buildIndex(ctx: Ctx, onProgress?: (count: number) => void): Promise<boolean> {
  const end = Date.now() + SECONDS * 1000
  for (let next = await nextOf(ctx); next !== null;) {
    if (Date.now() > end) return false
    const batch = await rows<{ id: Id }>(
      ctx,
      'SELECT id FROM posts WHERE id < $1 AND boost_of_id IS NULL ORDER BY id DESC LIMIT $2',
      [next, BATCH],
    )
    const ids = batch.map(({ id }) => id)
    await postgresEngine.write(ctx, await postDocuments(ctx, ids))
    onProgress?.(ids.length)
    // Another build may have begun at the top meanwhile: it counts.
    const last = ids.at(-1) ?? null
    const isOurs = await row(
      ctx,
      `UPDATE search_builds SET next_id = $2 WHERE engine = 'postgres' AND next_id = $1 RETURNING engine`,
      [next, last],
    )
    next = isOurs ? last : await nextOf(ctx)
  }
  return true
}

const nextOf = async (ctx: Pick<Ctx, 'tx'>): Promise<Id | null> =>
  (await row<{ next_id: Id | null }>(ctx, `SELECT next_id FROM search_builds WHERE engine = 'postgres'`))
    ?.next_id ?? null
