import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { welcomeTo } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { FeedEntry } from './feed-entry.ts'
import { entersHome, entersList, feedJoins, isExclusive, welcomeInFeed } from './feed.policy.ts'

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

async function page(ctx: Pick<Ctx, 'tx'>, kind: [string, string], ids: Id[], cursors: Cursors) {
  const { where, order, values, newestFirst } = pageOf(cursors, 'p.id', ids.length + 1)
  return newestFirst(await rows<FeedEntry>(ctx, merge(...kind, where, order), [...ids, ...values]))
}

/** A page of a member's home from PostgreSQL alone, newest first. */
export const homeEntries = (ctx: Pick<Ctx, 'tx'>, accountId: Id, cursors: Cursors): Promise<FeedEntry[]> =>
  page(ctx, [homeSources, entersHome('$1::bigint')], [accountId], cursors)

/** The same for a list. */
export const listEntries = (
  ctx: Pick<Ctx, 'tx'>,
  { ownerId, listId }: { ownerId: Id; listId: Id },
  cursors: Cursors,
): Promise<FeedEntry[]> => page(ctx, [listSources, entersList('$1::bigint')], [ownerId, listId], cursors)

// How many of each author's posts tell how far back the newest of all of them reach.
const SAMPLE = 60

// The newest posts of all sources are found by ids alone, then looked at: conditions are costly, ids are not.
const newest = (sources: string, condition: string, limit: string): string => `
  WITH s AS MATERIALIZED (${sources}),
    reach AS MATERIALIZED (SELECT x.id FROM s CROSS JOIN LATERAL (
      SELECT id FROM posts WHERE author_id = s.author_id ORDER BY id DESC LIMIT ${SAMPLE}) AS x
      ORDER BY x.id DESC OFFSET ${limit}::int - 1 LIMIT 1),
    newest AS MATERIALIZED (SELECT x.id FROM s CROSS JOIN LATERAL (
      SELECT id FROM posts WHERE author_id = s.author_id AND id >= coalesce((SELECT id FROM reach), 0)
      ORDER BY id DESC LIMIT ${limit}::int) AS x ORDER BY x.id DESC LIMIT ${limit}::int)
  SELECT p.id, p.boost_of_id AS "boostOfId" FROM newest JOIN posts AS p ON p.id = newest.id ${feedJoins}
    LEFT JOIN follows AS f ON f.follower_id = $1 AND f.followed_id = p.author_id AND f.state = 'accepted'
    ${withList(sources)}
  WHERE ${condition} ORDER BY p.id DESC`

/** Of the `limit` newest posts that could be in a member's home, those that are; newest first. */
export const newestOfHome = (ctx: Pick<Ctx, 'tx'>, accountId: Id, limit: number): Promise<FeedEntry[]> =>
  rows(ctx, newest(homeSources, entersHome('$1::bigint'), '$2'), [accountId, limit])

/** The same for a list. */
export const newestOfList = (
  ctx: Pick<Ctx, 'tx'>,
  { ownerId, listId }: { ownerId: Id; listId: Id },
  limit: number,
): Promise<FeedEntry[]> =>
  rows(ctx, newest(listSources, entersList('$1::bigint'), '$3'), [ownerId, listId, limit])

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

/** Which of these posts an author wrote or boosted. */
export const entriesBy = async (
  ctx: Pick<Ctx, 'tx'>,
  authorId: Id,
  entries: readonly FeedEntry[],
): Promise<Id[]> => {
  const ids = entries.map(({ id }) => id)
  const found = await rows<{ id: Id }>(
    ctx,
    'SELECT id FROM posts WHERE id = ANY ($1::bigint[]) AND author_id = $2',
    [ids, authorId],
  )
  return found.map(({ id }) => id)
}
