import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { welcomeTo } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { FeedEntry } from './feed-entry.ts'
import { entersByTag, entersHome, entersList, feedJoins, isExclusive, welcomeInFeed } from './feed.policy.ts'

// Beyond the page, how many posts of one author are looked at: who posts only what the viewer does not want, in another
// language for example, must not make the page slow.
const UNWANTED = 100

const withList = (sources: string): string => (sources === listSources ? 'JOIN lists AS l ON l.id = $2' : '')

// Each source gives at most one page from the index of its author's posts; the newest of all of them are the page. So
// the cost depends on how many are followed and not on how many posts there are.
const merge = (sources: string, condition: string, where: string, order: string): string => `
  SELECT found.id, found.boost_of_id AS "boostOfId" FROM (${sources}) AS s ${withList(sources)} CROSS JOIN LATERAL (
    SELECT p.id, p.boost_of_id
    FROM (SELECT * FROM posts AS p WHERE p.author_id = s.author_id AND ${where} ${order} + ${UNWANTED}) AS p ${feedJoins}
      LEFT JOIN follows AS f ON f.follower_id = $1 AND f.followed_id = s.author_id AND f.state = 'accepted'
    WHERE ${condition} ${order}) AS found
  ${order.replaceAll('p.id', 'found.id')}`

const homeSources = `SELECT $1::bigint AS author_id
  UNION ALL SELECT h.followed_id FROM follows AS h
    WHERE h.follower_id = $1 AND h.state = 'accepted' AND h.followed_id <> $1
      AND ${welcomeTo('$1::bigint', 'h.followed_id')} AND NOT ${isExclusive('$1::bigint', 'h.followed_id')}`
const listSources = `SELECT h.account_id AS author_id FROM list_members AS h
  WHERE h.list_id = $2 AND ${welcomeTo('$1::bigint', 'h.account_id')}`

// The same for the hashtags that are followed.
const mergeTags = (where: string, order: string): string => `
  SELECT found.id, NULL::bigint FROM tag_follows AS t CROSS JOIN LATERAL (
    SELECT p.id FROM (SELECT ph.post_id FROM post_hashtags AS ph
        WHERE ph.hashtag_id = t.hashtag_id AND ph.is_public AND ${where.replaceAll('p.id', 'ph.post_id')}
        ${order.replaceAll('p.id', 'ph.post_id')} + ${UNWANTED}) AS x
      JOIN posts AS p ON p.id = x.post_id ${feedJoins}
    WHERE ${entersByTag('$1::bigint')} ${order}) AS found
  WHERE t.account_id = $1 ${order.replaceAll('p.id', 'found.id')}`

/** A page of a member's home from PostgreSQL alone, newest first. */
export async function homeEntries(
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
  cursors: Cursors,
): Promise<FeedEntry[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'p.id', 2)
  const followed = merge(homeSources, entersHome('$1::bigint'), where, order)
  const sql = `SELECT p.id, p."boostOfId" FROM ((${followed}) UNION (${mergeTags(where, order)})) AS p ${order}`
  return newestFirst(await rows<FeedEntry>(ctx, sql, [accountId, ...values]))
}

/** The same for a list. */
export async function listEntries(
  ctx: Pick<Ctx, 'tx'>,
  { ownerId, listId }: { ownerId: Id; listId: Id },
  cursors: Cursors,
): Promise<FeedEntry[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'p.id', 3)
  const sql = merge(listSources, entersList('$1::bigint'), where, order)
  return newestFirst(await rows<FeedEntry>(ctx, sql, [ownerId, listId, ...values]))
}

// How many of each author's posts tell how far back the newest of all of them reach.
const SAMPLE = 60

// The newest posts of all sources are found by ids alone, then looked at: conditions are costly, ids are not.
const newestIds = (sources: string, limit: string): string => `s AS MATERIALIZED (${sources}),
    reach AS MATERIALIZED (SELECT x.id FROM s CROSS JOIN LATERAL (
      SELECT id FROM posts WHERE author_id = s.author_id ORDER BY id DESC LIMIT ${SAMPLE}) AS x
      ORDER BY x.id DESC OFFSET ${limit}::int - 1 LIMIT 1),
    newest AS MATERIALIZED (SELECT x.id FROM s CROSS JOIN LATERAL (
      SELECT id FROM posts WHERE author_id = s.author_id AND id >= coalesce((SELECT id FROM reach), 0)
      ORDER BY id DESC LIMIT ${limit}::int) AS x ORDER BY x.id DESC LIMIT ${limit}::int)`

const newestBy = (sources: string, condition: string): string => `
  SELECT p.id, p.boost_of_id AS "boostOfId" FROM newest JOIN posts AS p ON p.id = newest.id ${feedJoins}
    LEFT JOIN follows AS f ON f.follower_id = $1 AND f.followed_id = p.author_id AND f.state = 'accepted'
    ${withList(sources)}
  WHERE ${condition}`

// Where one kind of source reaches back less far than the other, home ends: beyond, it would have gaps.
const endOf = (ids: string): string =>
  `(SELECT CASE WHEN count(*) < $2::int THEN 0 ELSE min(id) END FROM ${ids})`

const newestHome = `
  WITH ${newestIds(homeSources, '$2')},
    tagged AS MATERIALIZED (SELECT DISTINCT x.id FROM tag_follows AS t CROSS JOIN LATERAL (
      SELECT ph.post_id AS id FROM post_hashtags AS ph WHERE ph.hashtag_id = t.hashtag_id AND ph.is_public
      ORDER BY ph.post_id DESC LIMIT $2::int) AS x
      WHERE t.account_id = $1 ORDER BY x.id DESC LIMIT $2::int),
    reaches AS MATERIALIZED (SELECT greatest(${endOf('newest')}, ${endOf('tagged')}) AS id)
  (${newestBy(homeSources, entersHome('$1::bigint'))} AND p.id >= (SELECT id FROM reaches))
  UNION (SELECT p.id, NULL::bigint FROM tagged JOIN posts AS p ON p.id = tagged.id ${feedJoins}
    WHERE ${entersByTag('$1::bigint')} AND p.id >= (SELECT id FROM reaches))
  ORDER BY id DESC`

/** Of the `limit` newest posts that could be in a member's home, those that are; newest first. */
export const newestOfHome = (ctx: Pick<Ctx, 'tx'>, accountId: Id, limit: number): Promise<FeedEntry[]> =>
  rows(ctx, newestHome, [accountId, limit])

/** The same for a list. */
export const newestOfList = (
  ctx: Pick<Ctx, 'tx'>,
  { ownerId, listId }: { ownerId: Id; listId: Id },
  limit: number,
): Promise<FeedEntry[]> =>
  rows(
    ctx,
    `WITH ${newestIds(listSources, '$3')} ${newestBy(listSources, entersList('$1::bigint'))} ORDER BY p.id DESC`,
    [ownerId, listId, limit],
  )

/** The latest of an author's posts that enter a member's home, newest first. */
export const homeEntriesBy = (ctx: Pick<Ctx, 'tx'>, accountId: Id, authorId: Id, limit: number) =>
  rows<FeedEntry>(
    ctx,
    `SELECT p.id, p.boost_of_id AS "boostOfId" FROM posts AS p ${feedJoins}
       LEFT JOIN follows AS f ON f.follower_id = $1 AND f.followed_id = p.author_id AND f.state = 'accepted'
     WHERE p.author_id = $2 AND ${entersHome('$1::bigint')} ORDER BY p.id DESC LIMIT $3::int`,
    [accountId, authorId, limit],
  )

/** Which of these posts are still there and welcome to the viewer. */
export async function welcomeEntries(
  ctx: Pick<Ctx, 'tx'>,
  viewerId: Id,
  entries: readonly FeedEntry[],
): Promise<FeedEntry[]> {
  if (entries.length === 0) return []
  const ids = entries.map(({ id }) => id)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM posts AS p ${feedJoins} WHERE p.id = ANY ($2::bigint[]) AND ${welcomeInFeed('$1::bigint')}`,
    [viewerId, ids],
  )
  const welcome = new Set(found.map(({ id }) => id))
  return entries.filter(({ id }) => welcome.has(id))
}

/** Which of these posts an author wrote or boosted, without those that are in the viewer's home for their hashtags. */
export const entriesBy = async (
  ctx: Pick<Ctx, 'tx'>,
  { viewerId, authorId }: { viewerId: Id; authorId: Id },
  entries: readonly FeedEntry[],
): Promise<Id[]> => {
  const ids = entries.map(({ id }) => id)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM posts AS p ${feedJoins} WHERE p.id = ANY ($2::bigint[]) AND p.author_id = $3
       AND NOT (EXISTS (SELECT FROM post_hashtags AS ph JOIN tag_follows AS t ON t.hashtag_id = ph.hashtag_id
           WHERE ph.post_id = p.id AND ph.is_public AND t.account_id = $1)
         AND ${entersByTag('$1::bigint')})`,
    [viewerId, ids, authorId],
  )
  return found.map(({ id }) => id)
}
