import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { welcome } from './relationship.queries.ts'

/** Of an account: who follows it and is followed by the viewer. */
export type Familiar = { id: Id; followerIds: Id[] }

// Apps show a handful of faces; nobody reads a list of hundreds.
const MOST = 100

const familiar = `SELECT a.id, CASE WHEN a.hides_collections OR (SELECT true FROM blocks AS b
      WHERE b.blocker_id = a.id AND b.blocked_id = $1) THEN '{}'::text[]
    ELSE ARRAY(SELECT f.follower_id::text FROM follows AS mine
      JOIN follows AS f ON f.follower_id = mine.followed_id AND f.followed_id = a.id AND f.state = 'accepted'
      WHERE mine.follower_id = $1 AND mine.state = 'accepted' AND ${welcome('f.follower_id', '$1::bigint')}
      ORDER BY mine.id DESC LIMIT ${MOST}) END AS "followerIds"
  FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (id, place)
    JOIN accounts AS a ON a.id = wanted.id AND a.gone_at IS NULL AND a.suspended_at IS NULL
  ORDER BY wanted.place`

/**
 * For each of these accounts, in their order, its followers whom the viewer follows too; none for one that hides its
 * network (ACCT-33). One query; unknown and suspended accounts are left out.
 */
export const familiarFollowers = (ctx: Pick<Ctx, 'tx'>, viewerId: Id, ids: readonly Id[]) =>
  rows<Familiar>(ctx, familiar, [viewerId, [...new Set(ids)]])
