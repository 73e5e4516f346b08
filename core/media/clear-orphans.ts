import type { Ctx } from '../ctx.ts'
import { inSeconds } from '#platform/clock'
import { rows } from '#platform/db'
import { clearJobFolders } from '#platform/job-folder'
import { openStore } from '#platform/storage'
import { mediumOfKey, type Shelf } from '#platform/storage-keys'

const BATCH = 500
const DAY = 86_400
const HOUR = 3600
const shelves: Shelf[] = ['files', 'cache', 'uploads']

const unnamed = `SELECT k.key FROM unnest($1::text[], $2::bigint[]) AS k (key, medium_id)
  WHERE NOT EXISTS (SELECT FROM media AS m
    WHERE m.id = k.medium_id AND k.key IN (m.upload_key, m.file_key, m.preview_key, m.static_key))`

/**
 * Removes files that no row names and that are older than a day, and folders of jobs that died: what workers leave
 * behind when they are killed between a file and its row.
 */
export async function clearOrphans(ctx: Ctx): Promise<void> {
  await clearJobFolders(inSeconds(-HOUR))
  const store = await openStore()
  for (const shelf of shelves) {
    let batch: string[] = []
    for await (const key of store.list(shelf, inSeconds(-DAY))) {
      if (batch.push(key) === BATCH) await clear(ctx, batch.splice(0))
    }
    await clear(ctx, batch)
  }
}

async function clear(ctx: Ctx, keys: string[]): Promise<void> {
  const known = keys.filter((key) => mediumOfKey(key) !== undefined)
  const found = await rows<{ key: string }>(ctx, unnamed, [known, known.map(mediumOfKey)])
  await (await openStore()).remove(found.map(({ key }) => key))
}
