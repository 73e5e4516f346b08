import { findAccount } from '../accounts/find-account.ts'
import type { Ctx } from '../ctx.ts'
import { followAccount } from '../relationships/follow-account.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

/**
 * Makes the actor a member of a group, here or elsewhere, or asks its moderators: that is to follow it. Throws NotFound when it
 * is no group, Forbidden when the group banned them.
 */
export async function joinGroup(ctx: Ctx, { groupId }: { groupId: Id }): Promise<void> {
  const { kind } = await findAccount(ctx, { id: groupId })
  if (kind !== 'group') throw new NotFound()
  await followAccount(ctx, { accountId: groupId })
}
