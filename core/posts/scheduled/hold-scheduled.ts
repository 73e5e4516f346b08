import { actingPerson } from '../../actor.ts'
import type { TxCtx } from '../../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { ScheduledPost } from './scheduled-post.model.ts'

/** Finds a waiting post of the actor, and lets nobody else touch it meanwhile. Throws NotFound. */
export async function holdScheduled(ctx: TxCtx, id: Id): Promise<ScheduledPost> {
  const found = await ScheduledPost.findOne({
    where: { id, accountId: actingPerson(ctx).accountId },
    transaction: ctx.tx,
    lock: ctx.tx.LOCK.UPDATE,
  })
  if (!found) throw new NotFound()
  return found
}
