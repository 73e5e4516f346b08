import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Account } from '../accounts/account.model.ts'
import { row } from '#platform/db'
import { Forbidden, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { blocksDomainOf } from './domain-block.policy.ts'

/** Must somebody who wants to follow this account be accepted by hand? Always, when the moderators limited them. */
export const mustAsk = (
  follower: Pick<Account, 'silencedAt'>,
  followed: Pick<Account, 'isLocked'>,
): boolean => followed.isLocked || follower.silencedAt !== null

/** Does one of the two block the other? */
export const areBlocked = async (ctx: Pick<Ctx, 'tx'>, one: Id, other: Id): Promise<boolean> =>
  (await row(
    ctx,
    `SELECT 1 FROM blocks WHERE (blocker_id = $1 AND blocked_id = $2) OR (blocker_id = $2 AND blocked_id = $1)`,
    [one, other],
  )) !== undefined

/**
 * Gives the account that is to be followed. Throws NotFound when it cannot be had, Forbidden when it is oneself, has
 * moved, one of the two blocks the other, or the follower blocks its domain (ACCT-24).
 */
export async function assertFollowable(ctx: Ctx, followerId: Id, followedId: Id): Promise<Account> {
  const followed = await findAccount(ctx, { id: followedId })
  if (followed.suspendedAt || (followed.isLocal && followed.kind === 'application')) throw new NotFound()
  if (followerId === followedId || followed.movedToId || (await areBlocked(ctx, followerId, followedId)))
    throw new Forbidden()
  if (await blocksDomainOf(ctx, followerId, followed)) throw new Forbidden()
  return followed
}

/**
 * May this viewer (undefined: somebody who is not logged in) see whom an account follows and who follows it? Not when its
 * owner hides that, has blocked the viewer, or is suspended; owners always see it (ACCT-17, ACCT-08).
 */
export async function showsNetwork(
  ctx: Pick<Ctx, 'tx'>,
  account: Pick<Account, 'id' | 'hidesCollections' | 'suspendedAt'>,
  viewerId: Id | undefined,
): Promise<boolean> {
  if (viewerId === account.id) return true
  if (account.hidesCollections || account.suspendedAt) return false
  return viewerId === undefined || !(await areBlocked(ctx, viewerId, account.id))
}
