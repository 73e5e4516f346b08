import type { Transaction } from 'sequelize'
import { type Cursors, pageOf } from '../paging.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { firstIdOf, type Id } from '#platform/ids'

type Asking = { tx?: Transaction | undefined }

/** A hashtag: `name` as it is kept and compared, `displayName` as it was typed first; no id while nobody used it. */
export type TagCard = { id: Id | ''; name: string; displayName: string }

const DAY = 86_400_000
/** How many days the history of a hashtag has (MISC-05). */
export const historyDays = 7

/** The day that a moment is in, as a number since 1970, in UTC. */
export const dayOf = (time: Date): number => Math.floor(time.getTime() / DAY)

/** How a hashtag was used on one day of the last seven, and by how many people; days without any are left out. */
export type TagDay = { day: number; uses: number; accounts: number }

/** How a hashtag was used lately, and how a viewer stands to it. */
export type TagState = { id: Id; days: TagDay[]; isFollowed: boolean; isFeatured: boolean }

/** The states of these hashtags for a viewer or for nobody, in no order. Only public posts count. One query. */
export const tagStates = async (ctx: Asking, ids: readonly Id[], viewerId: Id | null): Promise<TagState[]> =>
  ids.length === 0
    ? []
    : rows<TagState>(
        ctx,
        `SELECT h.id,
           EXISTS (SELECT FROM tag_follows AS t WHERE t.account_id = $2 AND t.hashtag_id = h.id) AS "isFollowed",
           EXISTS (SELECT FROM featured_tags AS t WHERE t.account_id = $2 AND t.hashtag_id = h.id) AS "isFeatured",
           coalesce((SELECT jsonb_agg(d) FROM (
             SELECT (ph.post_id >> 16) / ${DAY} AS day, count(*) AS uses, count(DISTINCT ph.author_id) AS accounts
             FROM post_hashtags AS ph WHERE ph.hashtag_id = h.id AND ph.is_public AND ph.post_id >= $3
             GROUP BY 1) AS d), '[]') AS days
         FROM unnest($1::bigint[]) AS h (id)`,
        [ids, viewerId, firstIdOf(new Date((dayOf(now()) - historyDays + 1) * DAY))],
      )

/** A page of the hashtags that a member follows, the last followed first; `cursor` is the id of the follow. */
export async function followedTags(
  ctx: Asking,
  accountId: Id,
  cursors: Cursors,
): Promise<(TagCard & { cursor: Id })[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 't.id', 2)
  return newestFirst(
    await rows<TagCard & { cursor: Id }>(
      ctx,
      `SELECT t.id AS cursor, h.id, h.name, h.display_name AS "displayName"
       FROM tag_follows AS t JOIN hashtags AS h ON h.id = t.hashtag_id
       WHERE t.account_id = $1 AND ${where} ${order}`,
      [accountId, ...values],
    ),
  )
}

/** A hashtag on a profile, how many open posts of its owner have it, and when the last of them was written. */
export type FeaturedTagCard = {
  id: Id
  name: string
  displayName: string
  postsCount: number
  lastPostAt: Date | null
}

const featured = `SELECT t.id, h.name, t.display_name AS "displayName", s.count AS "postsCount", s.last AS "lastPostAt"
  FROM featured_tags AS t JOIN hashtags AS h ON h.id = t.hashtag_id CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, max(p.published_at) AS last
    FROM post_hashtags AS ph JOIN posts AS p ON p.id = ph.post_id AND p.visibility IN ('public', 'unlisted')
    WHERE ph.author_id = t.account_id AND ph.hashtag_id = t.hashtag_id) AS s
  WHERE t.account_id = $1`

/** The hashtags on the profile of an account, the most used first. */
export const featuredTags = (ctx: Asking, accountId: Id): Promise<FeaturedTagCard[]> =>
  rows<FeaturedTagCard>(ctx, `${featured} ORDER BY s.count DESC, t.id`, [accountId])

/** One of them, or undefined. */
export const featuredTag = async (ctx: Asking, accountId: Id, id: Id): Promise<FeaturedTagCard | undefined> =>
  (await rows<FeaturedTagCard>(ctx, `${featured} AND t.id = $2`, [accountId, id]))[0]

// Of somebody who wrote a lot, what is recent.
const RECENT = 1000

/** The hashtags that a member used most lately and does not feature, up to ten (MISC-07). */
export const suggestedTags = (ctx: Asking, accountId: Id): Promise<TagCard[]> =>
  rows<TagCard>(
    ctx,
    `SELECT h.id, h.name, h.display_name AS "displayName"
     FROM (SELECT p.id FROM posts AS p WHERE p.author_id = $1 AND p.visibility IN ('public', 'unlisted')
         ORDER BY p.id DESC LIMIT ${RECENT}) AS recent
       JOIN post_hashtags AS ph ON ph.post_id = recent.id JOIN hashtags AS h ON h.id = ph.hashtag_id
     WHERE NOT EXISTS (SELECT FROM featured_tags AS t WHERE t.account_id = $1 AND t.hashtag_id = h.id)
     GROUP BY h.id ORDER BY count(*) DESC, max(recent.id) DESC LIMIT 10`,
    [accountId],
  )
