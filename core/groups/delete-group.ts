import { endAccount } from '../accounts/end-account.ts'
import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { assertRank } from './group.policy.ts'

/** Ends a group for good: its owner may. What was posted to it stays with its authors. Throws NotFound and Forbidden. */
export const deleteGroup = (ctx: Ctx, { groupId }: { groupId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'owner')
    await endAccount(ctx, { accountId: groupId })
  })
