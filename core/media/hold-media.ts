import type { TxCtx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { lockUploads } from './lock-uploads.ts'

/**
 * Promises uploads of a member to a post that will be published later: until then nothing else gets them and no sweep
 * takes them (POST-19). Throws as `lockUploads`.
 */
export async function holdMedia(
  ctx: TxCtx,
  { ownerId, until }: { ownerId: Id; until: Date },
  mediaIds: readonly Id[],
): Promise<void> {
  if (mediaIds.length === 0) return
  for (const medium of await lockUploads(ctx, { ownerId }, mediaIds))
    await medium.update({ heldUntil: until }, { transaction: ctx.tx })
}
