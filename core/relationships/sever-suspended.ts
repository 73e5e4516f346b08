import type { Ctx } from '../ctx.ts'
import { isUnder } from '../instances/instance.policy.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'

const BATCH = 100

type Found = { id: Id; followerId: Id; followedId: Id; isOutward: boolean }

/**
 * Ends the follows and requests between members and the people of a domain that was suspended here (federation rule 228). Each by
 * itself, so that nothing else waits long; a repeat goes on where it stopped, and stops when the domain is back.
 */
export async function severSuspended(ctx: Ctx, { domain }: Facts['domain.suspended']): Promise<void> {
  for (;;) {
    const found = await rows<Found>(ctx, between, [domain])
    for (const each of found) await sever(ctx, each)
    if (found.length < BATCH) return
  }
}

const sever = (ctx: Ctx, { id, followerId, followedId, isOutward }: Found): Promise<void> =>
  transact(ctx, async (ctx) => {
    await lockPair(ctx, followerId, followedId)
    const follow = await Follow.findByPk(id, { transaction: ctx.tx })
    if (follow) await endFollow(ctx, follow, isOutward ? 'ended' : 'rejected')
  })

const between = `SELECT f.id, f.follower_id AS "followerId", f.followed_id AS "followedId", f.followed_id = a.id AS "isOutward"
  FROM domain_rules AS r
    JOIN accounts AS a ON a.domain IS NOT NULL AND ${isUnder('a.domain', 'r.domain')}
    JOIN LATERAL (SELECT id, follower_id, followed_id FROM follows WHERE follower_id = a.id
      UNION ALL SELECT id, follower_id, followed_id FROM follows WHERE followed_id = a.id) AS f ON true
  WHERE r.domain = $1 AND r.severity = 'suspend' LIMIT ${BATCH}`
