/** So many different people make a trend; fewer are a conversation. */
const PEOPLE = 3
/** After so many hours a use counts half. */
const HALF_LIFE = 6

const weight = (id: string): string =>
  `power(0.5, greatest(0, extract(epoch FROM now()) * 1000 - (${id} >> 16)) / ${HALF_LIFE * 3_600_000})`

/** A public post of somebody who may be shown to strangers. */
const isFit = `p.visibility = 'public' AND a.suspended_at IS NULL AND a.silenced_at IS NULL AND a.gone_at IS NULL`
const isHarmless = `a.is_discoverable AND NOT p.is_sensitive AND p.spoiler_text = ''`

// Each person counts once, by their latest use. What is used as much every day is no news: it is held against what there
// was on the days before.
const surprise = (
  uses: string,
): string => `SELECT subject_id, sum(weight) * sum(weight) / (1 + sum(earlier)) AS score
  FROM (SELECT subject_id, author_id, max(CASE WHEN post_id >= $1 THEN ${weight('post_id')} ELSE 0 END) AS weight,
      count(*) FILTER (WHERE post_id < $1) / 6.0 AS earlier
    FROM (${uses}) AS uses GROUP BY subject_id, author_id) AS people
  GROUP BY subject_id HAVING count(*) FILTER (WHERE weight > 0) >= ${PEOPLE}`

const tags = surprise(`SELECT ph.hashtag_id AS subject_id, ph.author_id, ph.post_id
  FROM post_hashtags AS ph JOIN accounts AS a ON a.id = ph.author_id
  WHERE ph.post_id >= $2 AND ph.post_id < $4 AND ph.is_public AND a.suspended_at IS NULL AND a.silenced_at IS NULL AND a.gone_at IS NULL`)

const links = surprise(`SELECT pp.preview_id AS subject_id, p.author_id, pp.post_id
  FROM post_previews AS pp JOIN posts AS p ON p.id = pp.post_id JOIN accounts AS a ON a.id = p.author_id
  WHERE pp.post_id >= $2 AND pp.post_id < $4 AND ${isFit} AND ${isHarmless}`)

// One post of each author. What its author answered to somebody is no news for others. $2 is not asked for here.
const statuses = `SELECT DISTINCT ON (p.author_id) p.id AS subject_id,
    (p.favourites_count + 2 * p.boosts_count) * ${weight('p.id')} AS score
  FROM posts AS p JOIN accounts AS a ON a.id = p.author_id
  WHERE p.id >= greatest($1::bigint, $2::bigint) AND p.id < $4 AND p.boost_of_id IS NULL AND p.reply_to_id IS NULL AND p.reply_to_uri IS NULL
    AND p.favourites_count + p.boosts_count >= ${PEOPLE} AND ${isFit} AND ${isHarmless}
  ORDER BY p.author_id, score DESC, p.id DESC`

/**
 * The scores of everything that trends, by kind, as SQL that gives `subject_id` and `score`: $1 is the first id of what
 * is new, $2 that of what it is held against, $4 the end of both.
 */
export const trendScores = { tags, links, statuses } as const
