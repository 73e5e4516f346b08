import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { entersByTag, entersHome, entersList, feedJoins } from './feed.policy.ts'

const BATCH = 500

type Target = { at: Id; id: Id }

async function* batches(ctx: Pick<Ctx, 'tx'>, sql: string, values: (Id | Id[])[]): AsyncGenerator<Id[]> {
  for (let after = '0'; ;) {
    const found = await rows<Target>(ctx, sql, [...values, after])
    if (found.length > 0) yield found.map(({ id }) => id)
    const last = found.at(-1)
    if (!last || found.length < BATCH) return
    after = last.at
  }
}

// A scalar subquery: most followers of somebody well known are elsewhere, and a batch needs few of all members.
const isMember = (account: string): string => `(SELECT true FROM users AS u WHERE u.account_id = ${account})`

// The author's own home is one of them: `followers` has a row for the author, before all others.
const followers = `(SELECT 1::bigint AS id, $1::bigint AS follower_id, $1::bigint AS followed_id, true AS shows_boosts,
    NULL::text[] AS languages
  UNION ALL SELECT id, follower_id, followed_id, shows_boosts, languages FROM follows
    WHERE followed_id = $1 AND state = 'accepted')`

/** Members here whose home a post enters, in batches: its author and followers of the author (TL-01 to TL-06). */
export const homesThatTake = (ctx: Pick<Ctx, 'tx'>, post: { postId: Id; authorId: Id }) =>
  batches(
    ctx,
    `SELECT f.id AS at, f.follower_id AS id FROM ${followers} AS f
       JOIN posts AS p ON p.id = $2 ${feedJoins}
     WHERE f.id > $3 AND ${isMember('f.follower_id')} AND ${entersHome('f.follower_id')}
     ORDER BY f.id LIMIT ${BATCH}`,
    [post.authorId, post.postId],
  )

/**
 * Members here whose home a post enters for its hashtags alone, in batches (MISC-06): not those who get it because they
 * follow its author.
 */
export const homesThatTakeTags = (ctx: Pick<Ctx, 'tx'>, post: { postId: Id; authorId: Id }) =>
  batches(
    ctx,
    `SELECT v.id AS at, v.id FROM (SELECT DISTINCT t.account_id AS id FROM post_hashtags AS ph
         JOIN tag_follows AS t ON t.hashtag_id = ph.hashtag_id WHERE ph.post_id = $2 AND ph.is_public) AS v
       JOIN posts AS p ON p.id = $2 ${feedJoins}
       LEFT JOIN follows AS f ON f.follower_id = v.id AND f.followed_id = $1 AND f.state = 'accepted'
     WHERE v.id > $3 AND v.id <> $1 AND ${isMember('v.id')} AND ${entersByTag('v.id')}
       AND (f.id IS NULL OR NOT ${entersHome('v.id')})
     ORDER BY v.id LIMIT ${BATCH}`,
    [post.authorId, post.postId],
  )

/** Lists that a post enters, in batches (TL-14). */
export const listsThatTake = (ctx: Pick<Ctx, 'tx'>, post: { postId: Id; authorId: Id }) =>
  batches(
    ctx,
    `SELECT l.id AS at, l.id FROM list_members AS m JOIN lists AS l ON l.id = m.list_id
       JOIN posts AS p ON p.id = $2 ${feedJoins}
       LEFT JOIN follows AS f ON f.follower_id = l.owner_id AND f.followed_id = $1 AND f.state = 'accepted'
     WHERE m.account_id = $1 AND l.id > $3 AND ${entersList('l.owner_id')}
     ORDER BY l.id LIMIT ${BATCH}`,
    [post.authorId, post.postId],
  )

/** Members here who may have met the posts of an author: the author and the followers. */
export const homesNear = (ctx: Pick<Ctx, 'tx'>, authorId: Id) =>
  batches(
    ctx,
    `SELECT f.id AS at, f.follower_id AS id FROM ${followers} AS f
     WHERE f.id > $2 AND ${isMember('f.follower_id')} ORDER BY f.id LIMIT ${BATCH}`,
    [authorId],
  )

/** Members here who may have met a post for its hashtags: their followers who do not follow the author. */
export const homesNearTags = (ctx: Pick<Ctx, 'tx'>, authorId: Id, hashtagIds: readonly Id[]) =>
  batches(
    ctx,
    `SELECT DISTINCT t.account_id AS at, t.account_id AS id FROM tag_follows AS t
     WHERE t.hashtag_id = ANY ($2::bigint[]) AND t.account_id > $3 AND t.account_id <> $1
       AND NOT EXISTS (SELECT FROM follows AS f
         WHERE f.follower_id = t.account_id AND f.followed_id = $1 AND f.state = 'accepted')
     ORDER BY t.account_id LIMIT ${BATCH}`,
    [authorId, [...hashtagIds]],
  )

/** Lists that hold an author. */
export const listsNear = (ctx: Pick<Ctx, 'tx'>, authorId: Id) =>
  batches(
    ctx,
    `SELECT m.list_id AS at, m.list_id AS id FROM list_members AS m
     WHERE m.account_id = $1 AND m.list_id > $2 ORDER BY m.list_id LIMIT ${BATCH}`,
    [authorId],
  )
