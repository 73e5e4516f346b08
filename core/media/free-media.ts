import type { TxCtx } from '../ctx.ts'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { Medium } from './medium.model.ts'

/**
 * Takes back what `holdMedia` promised: the post is about to be published and claims them, or will never be (POST-20).
 * They are loose from now on.
 */
export async function freeMedia(ctx: TxCtx, mediaIds: readonly Id[]): Promise<void> {
  const where = { id: [...mediaIds], postId: null }
  await Medium.update({ heldUntil: null, looseSince: now() }, { where, transaction: ctx.tx })
}
