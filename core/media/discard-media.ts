import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'

type Keys = {
  upload_key: string | null
  file_key: string | null
  preview_key: string | null
  static_key: string | null
}

/**
 * Removes media and all their files, whoever they belong to. Each file belongs to one row, so nobody else's goes with
 * it (GHSA-wr2m-38xh-rpc9). Those that belong to a post are left alone. Harmless to repeat.
 */
export async function discardMedia(ctx: TxCtx, mediaIds: readonly Id[]): Promise<void> {
  if (mediaIds.length === 0) return
  const gone = await rows<Keys>(
    ctx,
    `DELETE FROM media WHERE id = ANY ($1::bigint[]) AND post_id IS NULL
     RETURNING upload_key, file_key, preview_key, static_key`,
    [mediaIds],
  )
  await discardFiles(
    ctx,
    gone.flatMap((each) => Object.values(each)),
  )
}

/** States that nobody needs these files any more; they go when the transaction has come true. */
export async function discardFiles(ctx: TxCtx, keys: readonly (string | null | undefined)[]): Promise<void> {
  const named = keys.filter((key) => typeof key === 'string')
  if (named.length > 0) await emit(ctx, 'media.discarded', { keys: named })
}
