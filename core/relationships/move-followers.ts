import { Account } from '../accounts/account.model.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit, type Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { blocksDomainOf } from './domain-block.policy.ts'
import { endFollow } from './end-follow.ts'
import { beginFollow } from './follow-account.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'
import { areBlocked } from './relationship.policy.ts'

type Moved = Facts['account.moved']

/**
 * Leads the members who follow an account that moved to the new one, with the options of their follow and the lists it
 * stands in (wire 13.3): they follow the new one, unless one of the two blocks the other or its domain, and stop following the old one.
 * One transaction for each, so that a repeat goes on where it stopped.
 */
export async function moveFollowers(ctx: Ctx, moved: Moved): Promise<void> {
  const followers = await rows<{ id: Id }>(
    ctx,
    `SELECT f.follower_id AS id FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
     WHERE f.followed_id = $1 AND a.domain IS NULL AND a.gone_at IS NULL ORDER BY f.id`,
    [moved.accountId],
  )
  for (const { id } of followers) await transact(ctx, (ctx) => moveFollower(ctx, id, moved))
}

async function moveFollower(ctx: TxCtx, followerId: Id, { accountId, targetId }: Moved): Promise<void> {
  const transaction = ctx.tx
  for (const id of [accountId, targetId].sort()) await lockPair(ctx, followerId, id)
  const [old, target] = await Promise.all([
    Follow.findOne({ where: { followerId, followedId: accountId }, transaction }),
    Account.findByPk(targetId, { transaction }),
  ])
  if (!old) return
  const lists = await listsWith(ctx, followerId, accountId)
  await endFollow(ctx, old, 'ended')
  if (!target || target.goneAt || target.suspendedAt || followerId === targetId) return
  if ((await areBlocked(ctx, followerId, targetId)) || (await blocksDomainOf(ctx, followerId, target))) return
  const { showsBoosts, notifies, languages } = old
  if (!(await Follow.findOne({ where: { followerId, followedId: targetId }, transaction })))
    await beginFollow(ctx, followerId, target, { showsBoosts, notifies, languages: languages ?? [] })
  for (const listId of lists) await enlist(ctx, listId, followerId, targetId)
}

const listsWith = async (ctx: TxCtx, ownerId: Id, accountId: Id): Promise<Id[]> =>
  (
    await rows<{ id: Id }>(
      ctx,
      `SELECT l.id FROM lists AS l JOIN list_members AS m ON m.list_id = l.id
       WHERE l.owner_id = $1 AND m.account_id = $2`,
      [ownerId, accountId],
    )
  ).map(({ id }) => id)

async function enlist(ctx: TxCtx, listId: Id, ownerId: Id, accountId: Id): Promise<void> {
  await rows(ctx, 'INSERT INTO list_members (list_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    listId,
    accountId,
  ])
  await emit(ctx, 'list.changed', { listId, ownerId })
}
