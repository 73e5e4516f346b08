import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findList } from './find-list.ts'

/** Deletes a list of the actor; whom it held stays followed (MISC-03). Throws NotFound. */
export const deleteList = (ctx: Ctx, { listId }: { listId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const list = await findList(ctx, { listId })
    await list.destroy({ transaction: ctx.tx })
    await emit(ctx, 'list.changed', { listId, ownerId: list.ownerId })
  })
