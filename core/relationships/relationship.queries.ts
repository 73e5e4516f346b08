import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** What is between the actor and another account. */
export type Relationship = {
  id: Id
  isSuspended: boolean
  /** The actor's follow or request, if any. */
  followState: 'accepted' | 'pending' | null
  /** It was sent to an open account elsewhere, whose answer will come by itself (ACCT-22). */
  isUnderWay: boolean
  showsBoosts: boolean | null
  notifies: boolean | null
  languages: string[] | null
  followedByState: 'accepted' | 'pending' | null
  blocks: boolean
  isBlocked: boolean
  mutes: boolean
  hidesNotifications: boolean | null
  muteExpiresAt: Date | null
  blocksDomain: boolean
  endorses: boolean
  /** What the actor wrote down about the account. */
  note: string | null
}

const relationships = `SELECT a.id, a.suspended_at IS NOT NULL AS "isSuspended", f.state AS "followState",
    coalesce(f.state = 'pending' AND a.domain IS NOT NULL AND NOT a.is_locked, false) AS "isUnderWay",
    f.shows_boosts AS "showsBoosts", f.notifies, f.languages, r.state AS "followedByState",
    b.id IS NOT NULL AS blocks, bb.id IS NOT NULL AS "isBlocked", m.id IS NOT NULL AS mutes,
    m.hides_notifications AS "hidesNotifications", m.expires_at AS "muteExpiresAt",
    d.id IS NOT NULL AS "blocksDomain", e.endorser_id IS NOT NULL AS endorses, n.comment AS note
  FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (id, place)
    JOIN accounts AS a ON a.id = wanted.id AND a.gone_at IS NULL
    LEFT JOIN follows AS f ON f.follower_id = $1 AND f.followed_id = a.id
    LEFT JOIN follows AS r ON r.follower_id = a.id AND r.followed_id = $1
    LEFT JOIN blocks AS b ON b.blocker_id = $1 AND b.blocked_id = a.id
    LEFT JOIN blocks AS bb ON bb.blocker_id = a.id AND bb.blocked_id = $1
    LEFT JOIN mutes AS m ON m.muter_id = $1 AND m.muted_id = a.id AND (m.expires_at IS NULL OR m.expires_at > now())
    LEFT JOIN domain_blocks AS d ON d.account_id = $1 AND d.domain = a.domain
    LEFT JOIN endorsements AS e ON e.endorser_id = $1 AND e.endorsed_id = a.id
    LEFT JOIN account_notes AS n ON n.owner_id = $1 AND n.account_id = a.id
  ORDER BY wanted.place`

/** What is between `viewerId` and each of these accounts, in their order, from one query; unknown ones are left out. */
export const relationshipsOf = (ctx: Pick<Ctx, 'tx'>, viewerId: Id, ids: readonly Id[]) =>
  rows<Relationship>(ctx, relationships, [viewerId, [...new Set(ids)]])

/** One row of a list of accounts: `id` is that of the relation, the cursor of such lists (PAGE-14). */
export type Related = { id: Id; accountId: Id; expiresAt?: Date | null }

/**
 * A condition in SQL: who of the two blocks the other does not meet them in a list, and nobody meets who is gone. Scalar
 * subqueries, as PostgreSQL would read much more to join what a page needs only a few of.
 */
export const welcome = (account: string, viewer: string): string =>
  `(SELECT a.gone_at IS NULL AND a.suspended_at IS NULL FROM accounts AS a WHERE a.id = ${account})
   AND (SELECT true FROM blocks AS b WHERE b.blocker_id = ${viewer} AND b.blocked_id = ${account}) IS NULL
   AND (SELECT true FROM blocks AS b WHERE b.blocked_id = ${viewer} AND b.blocker_id = ${account}) IS NULL`

async function page(ctx: Ctx, cursors: Cursors, sql: (where: string, order: string) => string, values: Id[]) {
  const { where, order, values: bounds, newestFirst } = pageOf(cursors, 'r.id', values.length + 1)
  return newestFirst(await rows<Related>(ctx, sql(where, order), [...values, ...bounds]))
}

const viewerOf = (ctx: Ctx): Id => accountIdOf(ctx.actor) ?? '0'

/** Who follows an account, newest follower first. */
export const followersOf = (ctx: Ctx, accountId: Id, cursors: Cursors): Promise<Related[]> =>
  page(
    ctx,
    cursors,
    (where, order) => `SELECT r.id, r.follower_id AS "accountId" FROM follows AS r
      WHERE r.followed_id = $1 AND r.state = 'accepted' AND ${welcome('r.follower_id', '$2::bigint')} AND ${where} ${order}`,
    [accountId, viewerOf(ctx)],
  )

/** Whom an account follows, newest first. */
export const followedBy = (ctx: Ctx, accountId: Id, cursors: Cursors): Promise<Related[]> =>
  page(
    ctx,
    cursors,
    (where, order) => `SELECT r.id, r.followed_id AS "accountId" FROM follows AS r
      WHERE r.follower_id = $1 AND r.state = 'accepted' AND ${welcome('r.followed_id', '$2::bigint')} AND ${where} ${order}`,
    [accountId, viewerOf(ctx)],
  )

/** Who waits for the actor's answer, newest request first (ACCT-38). */
export const requestersOf = (ctx: Ctx, accountId: Id, cursors: Cursors): Promise<Related[]> =>
  page(
    ctx,
    cursors,
    (where, order) => `SELECT r.id, r.follower_id AS "accountId" FROM follows AS r
      WHERE r.followed_id = $1 AND r.state = 'pending' AND ${welcome('r.follower_id', '$1::bigint')} AND ${where} ${order}`,
    [accountId],
  )

/** Whom an account blocks. */
export const blockedBy = (ctx: Ctx, accountId: Id, cursors: Cursors): Promise<Related[]> =>
  page(
    ctx,
    cursors,
    (where, order) =>
      `SELECT r.id, r.blocked_id AS "accountId" FROM blocks AS r WHERE r.blocker_id = $1 AND ${where} ${order}`,
    [accountId],
  )

/** Whom an account mutes, and until when. */
export const mutedBy = (ctx: Ctx, accountId: Id, cursors: Cursors): Promise<Related[]> =>
  page(
    ctx,
    cursors,
    (where, order) => `SELECT r.id, r.muted_id AS "accountId", r.expires_at AS "expiresAt" FROM mutes AS r
      WHERE r.muter_id = $1 AND (r.expires_at IS NULL OR r.expires_at > now()) AND ${where} ${order}`,
    [accountId],
  )
