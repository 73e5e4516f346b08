import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'

const BATCH = 100

type Found = { id: Id; followerId: Id; followedId: Id }

/**
 * Ends the follows and requests between a member and the people of a domain that the member blocked (ACCT-39), and tells
 * those people's servers. Each by itself, so that nothing else waits long; a repeat goes on where it stopped, and stops
 * when the block was taken back meanwhile.
 */
export async function severDomain(ctx: Ctx, { accountId, domain }: Facts['domain.blocked']): Promise<void> {
  for (;;) {
    const isBlocked = await row(ctx, 'SELECT 1 FROM domain_blocks WHERE account_id = $1 AND domain = $2', [
      accountId,
      domain,
    ])
    const found = isBlocked ? await rows<Found>(ctx, between, [accountId, domain]) : []
    for (const each of found) await sever(ctx, accountId, each)
    if (found.length < BATCH) return
  }
}

const sever = (ctx: Ctx, accountId: Id, { id, followerId, followedId }: Found): Promise<void> =>
  transact(ctx, async (ctx) => {
    await lockPair(ctx, followerId, followedId)
    const follow = await Follow.findByPk(id, { transaction: ctx.tx })
    if (follow) await endFollow(ctx, follow, followerId === accountId ? 'ended' : 'rejected')
  })

const between = `SELECT f.id, f.follower_id AS "followerId", f.followed_id AS "followedId" FROM (
    SELECT * FROM follows WHERE follower_id = $1 UNION ALL SELECT * FROM follows WHERE followed_id = $1) AS f
  WHERE (SELECT a.domain FROM accounts AS a
    WHERE a.id = CASE WHEN f.follower_id = $1 THEN f.followed_id ELSE f.follower_id END) = $2
  LIMIT ${BATCH}`
