import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { GroupRank } from './group-role.model.ts'

const heights: Record<GroupRank, number> = { owner: 3, admin: 2, moderator: 1 }

/** Is the first rank, if it is one, at least as high as the second? */
export const isAtLeast = (rank: GroupRank | undefined, least: GroupRank): boolean =>
  rank !== undefined && heights[rank] >= heights[least]

/** Does the first stand above the second? Nobody stands above their like. */
export const isAbove = (rank: GroupRank, other: GroupRank | undefined): boolean =>
  other === undefined || heights[rank] > heights[other]

/** What an account is in a group, beyond a member. */
export const rankIn = async (
  ctx: Pick<Ctx, 'tx'>,
  groupId: Id,
  accountId: Id,
): Promise<GroupRank | undefined> =>
  (
    await row<{ role: GroupRank }>(
      ctx,
      'SELECT role FROM group_roles WHERE group_id = $1 AND account_id = $2',
      [groupId, accountId],
    )
  )?.role

/** Gives the rank of who acts. Throws Forbidden when it is lower than `least`. */
export async function assertRank(ctx: Ctx, groupId: Id, least: GroupRank): Promise<GroupRank> {
  const rank = await rankIn(ctx, groupId, actingId(ctx))
  if (!rank || !isAtLeast(rank, least)) throw new Forbidden()
  return rank
}

/** Throws Forbidden unless who acts has a rank of at least `least`, and stands above `accountId`. */
export async function assertAbove(
  ctx: Ctx,
  { groupId, accountId, least }: { groupId: Id; accountId: Id; least: GroupRank },
): Promise<void> {
  const rank = await assertRank(ctx, groupId, least)
  if (!isAbove(rank, await rankIn(ctx, groupId, accountId))) throw new Forbidden()
}

// Scalar subqueries are asked of an index for each row; as EXISTS, PostgreSQL might read whole tables into memory.

/** A condition in SQL: is `account` more than a member of the group `g`? Takes an expression for an account id. */
export const isModerator = (account: string): string =>
  `((SELECT true FROM group_roles AS gr WHERE gr.group_id = g.account_id AND gr.account_id = ${account}) IS NOT NULL)`

/**
 * A condition in SQL: may `account` take part in the group `g`? Not whom it banned, and only members where it is for them
 * (federation rule 206). Takes an expression for an account id.
 */
export const takesPart = (account: string): string =>
  `((SELECT true FROM blocks AS b WHERE b.blocker_id = g.account_id AND b.blocked_id = ${account}) IS NULL
    AND (NOT g.requires_membership OR ${isModerator(account)} OR (SELECT true FROM follows AS f
      WHERE f.follower_id = ${account} AND f.followed_id = g.account_id AND f.state = 'accepted') IS NOT NULL))`

/** A condition in SQL: is the group `g` there for others? */
export const isOpenGroup = `(SELECT ga.gone_at IS NULL AND ga.suspended_at IS NULL FROM accounts AS ga
  WHERE ga.id = g.account_id)`

/** May this account vote and edit in a group of this instance (federation rule 206)? */
export const mayTakePart = async (ctx: Pick<Ctx, 'tx'>, groupId: Id, accountId: Id): Promise<boolean> =>
  (await row(
    ctx,
    `SELECT FROM groups AS g WHERE g.account_id = $1 AND ${isOpenGroup} AND ${takesPart('$2::bigint')}`,
    [groupId, accountId],
  )) !== undefined
