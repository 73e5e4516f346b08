import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import type { Related } from '../relationships/relationship.queries.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { GroupRank } from './group-role.model.ts'

type Asking = Pick<Ctx, 'tx'>

/** Who moderates a group: its owner, its admins, its moderators, those first who have been it longest. */
export const moderatorsOf = (ctx: Asking, groupId: Id) =>
  rows<{ id: Id; uri: string | null; role: GroupRank }>(
    ctx,
    `SELECT a.id, a.uri, gr.role FROM group_roles AS gr JOIN accounts AS a ON a.id = gr.account_id
     WHERE gr.group_id = $1 AND a.gone_at IS NULL
     ORDER BY array_position('{owner,admin,moderator}', gr.role), gr.created_at, a.id`,
    [groupId],
  )

/** What is pinned in a group, the latest first. */
export const pinnedIn = (ctx: Asking, groupId: Id) =>
  rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM group_marks AS gm JOIN posts AS p ON p.id = gm.post_id AND p.group_id = gm.group_id
     WHERE gm.group_id = $1 AND gm.pinned_at IS NOT NULL ORDER BY gm.pinned_at DESC`,
    [groupId],
  )

/** How a group is; of groups elsewhere only what their account says is known. */
export type GroupCard = {
  id: Id
  requiresMembership: boolean | null
  isRestricted: boolean
  ownerId: Id | null
}

/** How these groups are, from one query; accounts that are no groups are left out. */
export const groupCards = (ctx: Asking, ids: readonly Id[]) =>
  rows<GroupCard>(
    ctx,
    `SELECT a.id, g.requires_membership AS "requiresMembership", coalesce(g.is_restricted, a.restricts_posting) AS "isRestricted",
       (SELECT gr.account_id FROM group_roles AS gr WHERE gr.group_id = a.id AND gr.role = 'owner') AS "ownerId"
     FROM accounts AS a LEFT JOIN groups AS g ON g.account_id = a.id
     WHERE a.id = ANY ($1::bigint[]) AND a.kind = 'group' AND a.gone_at IS NULL AND a.suspended_at IS NULL`,
    [ids],
  )

/** The groups that somebody is a member of, those first that they joined last: `id` is that of the membership. */
export async function groupsOf(ctx: Asking, accountId: Id, cursors: Cursors): Promise<Related[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'r.id', 2)
  return newestFirst(
    await rows<Related>(
      ctx,
      `SELECT r.id, r.followed_id AS "accountId" FROM follows AS r
       WHERE r.follower_id = $1 AND r.state = 'accepted' AND ${where}
         AND (SELECT a.kind = 'group' AND a.gone_at IS NULL AND a.suspended_at IS NULL FROM accounts AS a
           WHERE a.id = r.followed_id) ${order}`,
      [accountId, ...values],
    ),
  )
}

/** Somebody in a group: `id` is that of the membership. */
export type Membership = Related & { role: GroupRank | 'user' }

/** The members of a group, of one rank (`user` for those without) or of all, those first who joined last. */
export async function membersOf(
  ctx: Asking,
  { groupId, role = null }: { groupId: Id; role?: string | null | undefined },
  cursors: Cursors,
): Promise<Membership[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'r.id', 3)
  return newestFirst(
    await rows<Membership>(
      ctx,
      `SELECT r.id, r.follower_id AS "accountId", coalesce(gr.role, 'user') AS role
       FROM follows AS r LEFT JOIN group_roles AS gr ON gr.group_id = $1 AND gr.account_id = r.follower_id
       WHERE r.followed_id = $1 AND r.state = 'accepted' AND ($2::text IS NULL OR coalesce(gr.role, 'user') = $2)
         AND (SELECT a.gone_at IS NULL AND a.suspended_at IS NULL FROM accounts AS a WHERE a.id = r.follower_id)
         AND ${where} ${order}`,
      [groupId, role, ...values],
    ),
  )
}

/** These people as members of a group; who is none is left out. */
export const membershipsOf = (ctx: Asking, groupId: Id, accountIds: readonly Id[]) =>
  rows<Membership>(
    ctx,
    `SELECT r.id, r.follower_id AS "accountId", coalesce(gr.role, 'user') AS role
     FROM follows AS r LEFT JOIN group_roles AS gr ON gr.group_id = $1 AND gr.account_id = r.follower_id
     WHERE r.followed_id = $1 AND r.state = 'accepted' AND r.follower_id = ANY ($2::bigint[]) ORDER BY r.id DESC`,
    [groupId, accountIds],
  )

/** What is between somebody and a group. */
export type Belonging = {
  id: Id
  state: 'accepted' | 'pending' | null
  notifies: boolean | null
  role: GroupRank | null
  isBanned: boolean
}

/** What is between somebody and each of these groups, in their order, from one query; what is no group is left out. */
export const belongingsOf = (ctx: Asking, accountId: Id, ids: readonly Id[]) =>
  rows<Belonging>(
    ctx,
    `SELECT a.id, f.state, f.notifies, gr.role, b.id IS NOT NULL AS "isBanned"
     FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (id, place)
       JOIN accounts AS a ON a.id = wanted.id AND a.kind = 'group' AND a.gone_at IS NULL
       LEFT JOIN follows AS f ON f.follower_id = $1 AND f.followed_id = a.id
       LEFT JOIN group_roles AS gr ON gr.group_id = a.id AND gr.account_id = $1
       LEFT JOIN blocks AS b ON b.blocker_id = a.id AND b.blocked_id = $1
     ORDER BY wanted.place`,
    [accountId, [...new Set(ids)]],
  )
