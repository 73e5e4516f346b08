import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/** States that a member came across a group of another server that nobody here knew. */
export const meetGroup = (ctx: Ctx, groupId: Id): Promise<void> =>
  transact(ctx, (ctx) => emit(ctx, 'group.met', { groupId }))
