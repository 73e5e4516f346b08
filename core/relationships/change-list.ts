import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { NewList } from './create-list.ts'
import { findList } from './find-list.ts'
import type { List } from './list.model.ts'
import { repliesPolicyOf, titleOf } from './list.policy.ts'

/** Changes what is given of a list of the actor. Throws NotFound, Invalid (MISC-01, MISC-03). */
export const changeList = (ctx: Ctx, { listId, ...wish }: { listId: Id } & Partial<NewList>): Promise<List> =>
  transact(ctx, async (ctx) => {
    const list = await findList(ctx, { listId })
    await list.update(
      {
        ...(wish.title === undefined ? {} : { title: titleOf(wish.title) }),
        ...(wish.repliesPolicy === undefined ? {} : { repliesPolicy: repliesPolicyOf(wish.repliesPolicy) }),
        ...(wish.isExclusive === undefined ? {} : { isExclusive: wish.isExclusive }),
      },
      { transaction: ctx.tx },
    )
    await emit(ctx, 'list.changed', { listId, ownerId: list.ownerId })
    return list
  })
