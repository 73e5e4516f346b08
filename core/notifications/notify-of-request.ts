import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/**
 * Tells a locked member that somebody asks to follow them, or the moderators of a group here that somebody asks to join it (feature
 * groups-09), unless that is answered already (NOTE-01).
 */
export async function notifyOfRequest(ctx: Ctx, fact: Facts['follow.requested']): Promise<void> {
  const { followerId: fromId, followedId } = fact
  await transact(ctx, async (ctx) => {
    // Who takes it back at this moment waits, so that the notification is withdrawn after it was made.
    const request = await row<{ moderatorIds: Id[] | null }>(
      ctx,
      `SELECT (SELECT array_agg(gr.account_id::text) FROM groups AS g JOIN group_roles AS gr ON gr.group_id = g.account_id
         WHERE g.account_id = f.followed_id) AS "moderatorIds"
       FROM follows AS f WHERE f.follower_id = $1 AND f.followed_id = $2 AND f.state = 'pending' FOR KEY SHARE OF f`,
      [fromId, followedId],
    )
    if (!request) return
    const toJoin = request.moderatorIds?.map((accountId) => ({
      kind: 'follow_request',
      fromId,
      accountId,
      subjectId: followedId,
    }))
    await notify(ctx, toJoin ?? [{ kind: 'follow_request', fromId, accountId: followedId }])
  })
}
