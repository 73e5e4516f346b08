import { limits } from '#config/limits'
import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { List } from './list.model.ts'
import { repliesPolicyOf, titleOf } from './list.policy.ts'

export type NewList = {
  title: string
  repliesPolicy?: string | undefined
  isExclusive?: boolean | undefined
}

/** Makes a list. Throws Invalid for a wrong title or policy, and when the member has enough of them (MISC-01). */
export const createList = (ctx: Ctx, wish: NewList): Promise<List> =>
  transact(ctx, async (ctx) => {
    const ownerId = actingId(ctx)
    const title = titleOf(wish.title)
    const repliesPolicy = repliesPolicyOf(wish.repliesPolicy ?? 'list')
    // Two lists made at the same moment must not both be the last one.
    await lockKeys(ctx, [`lists of ${ownerId}`])
    if ((await List.count({ where: { ownerId }, transaction: ctx.tx })) >= limits.list.perUser)
      throw new Invalid(
        `Validation failed: You have reached the maximum number of lists (${limits.list.perUser})`,
      )
    return List.create(
      { ownerId, title, repliesPolicy, isExclusive: wish.isExclusive ?? false },
      { transaction: ctx.tx },
    )
  })
