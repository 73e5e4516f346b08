import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'
import { askedFor } from './withdraw-notifications.ts'

/** Tells a member that somebody follows them; the request, if there was one, becomes that (NOTE-22). */
export const notifyOfFollow = (ctx: Ctx, fact: Facts['follow.accepted']): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { followerId: fromId, followedId: accountId } = fact
    const follow = await row(
      ctx,
      `SELECT 1 FROM follows WHERE follower_id = $1 AND followed_id = $2 AND state = 'accepted' FOR KEY SHARE`,
      [fromId, accountId],
    )
    if (!follow) return
    await rows(
      ctx,
      `DELETE FROM notifications WHERE from_id = $2 AND kind = 'follow_request'
         AND (account_id, coalesce(post_id, subject_id, 0)) IN (${askedFor('$1')})`,
      [accountId, fromId],
    )
    await notify(ctx, [{ accountId, kind: 'follow', fromId }])
  })
