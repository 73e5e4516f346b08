import { actingId } from '../actor.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Ctx } from '../ctx.ts'
import { unfollowAccount } from '../relationships/unfollow-account.ts'
import { Forbidden, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { rankIn } from './group.policy.ts'

/**
 * Ends the actor's membership in a group, or takes the request back; a rank ends with it. Throws NotFound when it is no
 * group, Forbidden for its owner, who hands it on or deletes it.
 */
export const leaveGroup = (ctx: Ctx, { groupId }: { groupId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { kind } = await findAccount(ctx, { id: groupId })
    if (kind !== 'group') throw new NotFound()
    if ((await rankIn(ctx, groupId, actingId(ctx))) === 'owner')
      throw new Forbidden('The owner of a group cannot leave it')
    await unfollowAccount(ctx, { accountId: groupId })
  })
