import type { Ctx } from '../ctx.ts'
import { welcomeTo } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { inGoodStanding } from './discovery.policy.ts'

export type SuggestionSource = 'featured' | 'friends_of_friends' | 'most_followed' | 'most_interactions'

/** Somebody whom a member may like to follow, and what speaks for it, the strongest first. */
export type Suggestion = { id: Id; sources: SuggestionSource[] }

// How many of the people a member followed last are asked, for how many of theirs, and how many candidates each source
// names: enough for some pages, and the cost depends on none of their numbers.
const FRIENDS = 100
const OF_EACH = 60
const CANDIDATES = 200

const followed = (account: string) =>
  `(SELECT true FROM follows AS mine WHERE mine.follower_id = $1 AND mine.followed_id = ${account}) IS NULL`

const friends = `SELECT theirs.followed_id AS id, count(*) AS score FROM (
    SELECT f.followed_id AS id FROM follows AS f JOIN accounts AS x ON x.id = f.followed_id AND NOT x.hides_collections
    WHERE f.follower_id = $1 AND f.state = 'accepted' ORDER BY f.id DESC LIMIT ${FRIENDS}) AS friend
  CROSS JOIN LATERAL (SELECT o.followed_id FROM follows AS o
    WHERE o.follower_id = friend.id AND o.state = 'accepted' ORDER BY o.id DESC LIMIT ${OF_EACH}) AS theirs
  WHERE theirs.followed_id <> $1 AND ${followed('theirs.followed_id')}
  GROUP BY theirs.followed_id ORDER BY score DESC, id LIMIT ${CANDIDATES}`

const ranked = (column: string) => `SELECT account_id AS id, ${column} AS score FROM account_ranks
  WHERE ${column} > 0 ORDER BY ${column} DESC, account_id LIMIT ${CANDIDATES}`

const statement = `WITH candidates AS MATERIALIZED (
    (SELECT account_id AS id, 0 AS weight, 'featured' AS source, 0 AS score FROM featured_accounts LIMIT ${CANDIDATES})
    UNION ALL SELECT id, 1, 'friends_of_friends', score FROM (${friends}) AS f
    UNION ALL SELECT id, 2, 'most_followed', score FROM (${ranked('followers_count')}) AS p
    UNION ALL SELECT id, 3, 'most_interactions', score FROM (${ranked('interactions_count')}) AS i),
  grouped AS (SELECT id, array_agg(source ORDER BY weight) AS sources, min(weight) AS weight,
      (array_agg(score ORDER BY weight))[1] AS score FROM candidates GROUP BY id)
  SELECT g.id, g.sources FROM grouped AS g
  WHERE g.id <> $1 AND (SELECT (a.is_discoverable OR g.weight = 0) AND ${inGoodStanding}
      FROM accounts AS a WHERE a.id = g.id) AND ${followed('g.id')}
    AND (SELECT true FROM suggestion_dismissals AS d WHERE d.account_id = $1 AND d.dismissed_id = g.id) IS NULL
    AND ${welcomeTo('$1::bigint', 'g.id')}
  ORDER BY g.weight, g.score DESC, g.id LIMIT $2::int OFFSET $3::int`

/**
 * Whom a member may like to follow: those the staff features, whom people follow whom the member follows, who is followed
 * most, and who was met with most this week. Nobody who is followed, asked, blocked, muted or dismissed (ACCT-42).
 */
export const suggestionsFor = (
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
  { limit, offset }: { limit: number; offset: number },
): Promise<Suggestion[]> => rows(ctx, statement, [accountId, limit, Math.min(offset, 4 * CANDIDATES)])
