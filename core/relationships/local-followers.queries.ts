import { accountUri } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** A follow by a member, with the ActivityPub id of that member. */
export type LocalFollow = { followId: Id; followerId: Id; followerUri: string }

/** The members who follow an account, accepted ones only. */
export async function localFollowers(ctx: Pick<Ctx, 'tx'>, accountId: Id): Promise<LocalFollow[]> {
  const found = await rows<{ followId: Id; id: Id; uri: string | null; kind: string }>(
    ctx,
    `SELECT f.id AS "followId", a.id, a.uri, a.kind FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
     WHERE f.followed_id = $1 AND f.state = 'accepted' AND a.domain IS NULL`,
    [accountId],
  )
  return found.map((each) => ({
    followId: each.followId,
    followerId: each.id,
    followerUri: accountUri(each),
  }))
}
