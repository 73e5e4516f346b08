import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/** Tells a locked member that somebody asks to follow them, unless that is answered already (NOTE-01). */
export async function notifyOfRequest(ctx: Ctx, fact: Facts['follow.requested']): Promise<void> {
  const { followerId: fromId, followedId: accountId } = fact
  await transact(ctx, async (ctx) => {
    // Who takes it back at this moment waits, so that the notification is withdrawn after it was made.
    const request = await row(
      ctx,
      `SELECT 1 FROM follows WHERE follower_id = $1 AND followed_id = $2 AND state = 'pending' FOR KEY SHARE`,
      [fromId, accountId],
    )
    if (request) await notify(ctx, [{ accountId, kind: 'follow_request', fromId }])
  })
}
