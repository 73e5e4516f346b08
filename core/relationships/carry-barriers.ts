import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit, type Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { recordBlock } from './record-block.ts'

/**
 * Whoever blocks or mutes an account that moved is not met by it under its new name: blocks and mutes of members are
 * carried over to the new account; blocks not by those who follow that one of their own will.
 */
export async function carryBarriers(
  ctx: Ctx,
  { accountId, targetId }: Facts['account.moved'],
): Promise<void> {
  const blockers = await rows<{ id: Id }>(ctx, blocking, [accountId, targetId])
  for (const { id } of blockers) await recordBlock(ctx, { blockerId: id, blockedId: targetId })
  await transact(ctx, async (ctx) => {
    const muters = await rows<{ id: Id }>(ctx, carryMutes, [accountId, targetId])
    for (const { id } of muters) await emit(ctx, 'account.muted', { muterId: id, mutedId: targetId })
  })
}

const isMember = (member: string): string => `${member} <> $2
  AND EXISTS (SELECT FROM accounts AS a WHERE a.id = ${member} AND a.domain IS NULL AND a.gone_at IS NULL)`

const blocking = `SELECT b.blocker_id AS id FROM blocks AS b WHERE b.blocked_id = $1 AND ${isMember('b.blocker_id')}
  AND NOT EXISTS (SELECT FROM follows AS f WHERE f.follower_id = b.blocker_id AND f.followed_id = $2) ORDER BY b.id`

const carryMutes = `INSERT INTO mutes (muter_id, muted_id, hides_notifications, expires_at)
  SELECT m.muter_id, $2, m.hides_notifications, m.expires_at FROM mutes AS m
  WHERE m.muted_id = $1 AND ${isMember('m.muter_id')} ON CONFLICT DO NOTHING RETURNING muter_id AS id`
