import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { firstIdOf, type Id } from '#platform/ids'

/** How much of what a member wrote in a year, by month and by kind, and what of it was met with most. */
export type YearFigures = {
  own: number
  replies: number
  boosts: number
  polls: number
  months: { month: number; statuses: number; followers: number }[]
  hashtags: { name: string; count: number }[]
  byBoosts: Id | null
  byFavourites: Id | null
  byReplies: Id | null
}

/** The ids that things made in a year have: from the first up to, and without, the second. */
export const idsOfYear = (year: number): [Id, Id] => [
  firstIdOf(new Date(Date.UTC(year, 0))),
  firstIdOf(new Date(Date.UTC(year + 1, 0))),
]

const top = (column: string): string =>
  `(SELECT id::text FROM mine WHERE is_shown AND ${column} > 0 ORDER BY ${column} DESC, id LIMIT 1)`

const isReply = '(reply_to_id IS NOT NULL OR reply_to_uri IS NOT NULL OR reply_to_account_id IS NOT NULL)'
const monthOf = (id: string): string =>
  `extract(month FROM to_timestamp((${id} >> 16) / 1000.0) AT TIME ZONE 'UTC')::int`

const figures = `WITH mine AS MATERIALIZED (
    SELECT id, boost_of_id, replies_count, boosts_count, favourites_count, ${isReply} AS is_reply,
      boost_of_id IS NULL AND visibility IN ('public', 'unlisted') AS is_shown, ${monthOf('id')} AS month
    FROM posts WHERE author_id = $1 AND id >= $2 AND id < $3),
  written AS (SELECT month, count(*) AS count FROM mine GROUP BY month),
  joined AS (SELECT ${monthOf('id')} AS month, count(*) AS count FROM follows
    WHERE followed_id = $1 AND state = 'accepted' AND id >= $2 AND id < $3 GROUP BY 1),
  tags AS (SELECT h.display_name AS name, count(*)::int AS count FROM mine
      JOIN post_hashtags AS ph ON ph.post_id = mine.id JOIN hashtags AS h ON h.id = ph.hashtag_id
    WHERE mine.is_shown GROUP BY h.id ORDER BY count DESC, h.id LIMIT 40)
  SELECT count(*) FILTER (WHERE boost_of_id IS NULL AND NOT is_reply)::int AS own,
    count(*) FILTER (WHERE boost_of_id IS NULL AND is_reply)::int AS replies,
    count(*) FILTER (WHERE boost_of_id IS NOT NULL)::int AS boosts,
    (SELECT count(*)::int FROM mine AS m JOIN polls AS q ON q.post_id = m.id) AS polls,
    (SELECT jsonb_agg(jsonb_build_object('month', n, 'statuses', coalesce(w.count, 0),
        'followers', coalesce(j.count, 0)) ORDER BY n)
      FROM generate_series(1, 12) AS n LEFT JOIN written AS w ON w.month = n
        LEFT JOIN joined AS j ON j.month = n) AS months,
    coalesce((SELECT jsonb_agg(tags) FROM tags), '[]') AS hashtags,
    ${top('boosts_count')} AS "byBoosts", ${top('favourites_count')} AS "byFavourites",
    ${top('replies_count')} AS "byReplies"
  FROM mine`

/** What a member did in a year. One query over the posts of that year alone. */
export const yearFigures = (ctx: Pick<Ctx, 'tx'>, accountId: Id, year: number) =>
  row<YearFigures>(ctx, figures, [accountId, ...idsOfYear(year)])

/** Did a member write anything in that year? */
export const hasPostsIn = async (ctx: Pick<Ctx, 'tx'>, accountId: Id, year: number): Promise<boolean> =>
  (await row(
    ctx,
    'SELECT 1 FROM posts WHERE author_id = $1 AND id >= $2 AND id < $3 ORDER BY id DESC LIMIT 1',
    [accountId, ...idsOfYear(year)],
  )) !== undefined
