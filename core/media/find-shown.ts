import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { fileUrl } from './medium-addresses.ts'

/**
 * The address of the file of an upload that everybody may see, as its post is public or unlisted. Throws NotFound for
 * every other.
 */
export async function findShown(ctx: Pick<Ctx, 'tx'>, mediumId: Id): Promise<string> {
  const found = await row<{ file_key: string }>(
    ctx,
    `SELECT m.file_key FROM media AS m JOIN posts AS p ON p.id = m.post_id
     WHERE m.id = $1 AND m.file_key IS NOT NULL AND p.visibility IN ('public', 'unlisted')`,
    [mediumId],
  )
  if (!found) throw new NotFound()
  return fileUrl(found.file_key)
}
