import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { type EngineName, keepBuild, nextToBuild, startBuild } from './builds.ts'
import { postDocuments } from './documents/post.ts'
import { elasticEngine } from './engines/elastic.ts'
import type { Engine } from './engines/engine.ts'
import { postgresEngine } from './engines/postgres.ts'

const BATCH = 500
const SECONDS = 20

/** The engines that this instance has. */
export function engines(): [EngineName, Engine][] {
  const elastic = elasticEngine()
  return [
    ['postgres', postgresEngine],
    ...(elastic ? [['elasticsearch', elastic] as [EngineName, Engine]] : []),
  ]
}

/**
 * Goes on with all indexes where they were left, for up to 20 seconds each, and gives whether they are whole by now. Posts
 * that come, change or go meanwhile are seen to by their own consequences. Throws Unavailable while an engine is away.
 */
export async function buildIndex(ctx: Ctx, onProgress?: (count: number) => void): Promise<boolean> {
  const found: boolean[] = []
  for (const [name, engine] of engines()) found.push(await build(ctx, { name, engine }, onProgress))
  return found.every(Boolean)
}

async function build(
  ctx: Ctx,
  { name, engine }: { name: EngineName; engine: Engine },
  onProgress?: (count: number) => void,
): Promise<boolean> {
  const end = Date.now() + SECONDS * 1000
  let next = await nextToBuild(ctx, name)
  // An engine that the operator named lately.
  if (next === undefined) await startBuild(ctx, name)
  for (next = await nextToBuild(ctx, name); next;) {
    if (Date.now() > end) return false
    const batch = await rows<{ id: Id }>(
      ctx,
      'SELECT id FROM posts WHERE id < $1 AND boost_of_id IS NULL ORDER BY id DESC LIMIT $2',
      [next, BATCH],
    )
    const ids = batch.map(({ id }) => id)
    await engine.write(ctx, await postDocuments(ctx, ids))
    onProgress?.(ids.length)
    const last = ids.at(-1) ?? null
    next = (await keepBuild(ctx, name, { from: next, to: last })) ? last : await nextToBuild(ctx, name)
  }
  return true
}
