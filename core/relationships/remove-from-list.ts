import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findList } from './find-list.ts'
import { ListMember } from './list-member.model.ts'

/** Takes accounts out of a list of the actor; those that are not in it are no error (MISC-02). Throws NotFound. */
export const removeFromList = (
  ctx: Ctx,
  { listId, accountIds }: { listId: Id; accountIds: readonly Id[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { ownerId } = await findList(ctx, { listId })
    await ListMember.destroy({ where: { listId, accountId: [...accountIds] }, transaction: ctx.tx })
    await emit(ctx, 'list.changed', { listId, ownerId })
  })
