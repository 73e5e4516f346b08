import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import { notify } from './notify.ts'

/** Tells a locked member that somebody asks to follow them, unless that is answered already (NOTE-01). */
export async function notifyOfRequest(ctx: Ctx, fact: Facts['follow.requested']): Promise<void> {
  const { followerId: fromId, followedId: accountId } = fact
  const request = await row(
    ctx,
    `SELECT 1 FROM follows WHERE follower_id = $1 AND followed_id = $2 AND state = 'pending'`,
    [fromId, accountId],
  )
  if (request) await notify(ctx, [{ accountId, kind: 'follow_request', fromId }])
}
