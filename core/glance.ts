import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import type { Id } from '#platform/ids'

/** What tells of a post whether something follows from it at all. */
export type Glance = {
  id: Id
  boostOfId: Id | null
  visibility: string
  /** Somebody follows a hashtag of it. */
  isTagged: boolean
  /** Some list holds its author. */
  isListed: boolean
  /** It names somebody, or somebody asked to be told of its author's posts. */
  isNews: boolean
  html: string
  hasPreview: boolean
  /** It was written here, and somebody elsewhere may be meant: a follower, whom it names, answers or quotes, or a relay. */
  isForOthers: boolean
  /** It was written here, and names a group that is hosted here, or answers what is in one. */
  isForGroup: boolean
}

const glances = `
  SELECT p.id, p.boost_of_id AS "boostOfId", p.visibility, p.html,
    EXISTS (SELECT FROM post_hashtags AS h JOIN tag_follows AS t ON t.hashtag_id = h.hashtag_id
      WHERE h.post_id = p.id AND h.is_public) AS "isTagged",
    EXISTS (SELECT FROM post_previews AS v WHERE v.post_id = p.id) AS "hasPreview",
    EXISTS (SELECT FROM list_members AS l WHERE l.account_id = p.author_id) AS "isListed",
    EXISTS (SELECT FROM mentions AS m WHERE m.post_id = p.id)
      OR EXISTS (SELECT FROM follows AS f WHERE f.followed_id = p.author_id AND f.notifies) AS "isNews",
    p.uri IS NULL AND (
      p.visibility = 'public' AND EXISTS (SELECT FROM relays WHERE state = 'accepted')
      OR EXISTS (SELECT FROM (
        SELECT p.reply_to_account_id AS id
        UNION ALL SELECT account_id FROM mentions WHERE post_id = p.id
        UNION ALL SELECT o.author_id FROM quotes AS q JOIN posts AS o ON o.id = q.quoted_id WHERE q.post_id = p.id
        UNION ALL SELECT follower_id FROM follows WHERE followed_id = p.author_id AND state = 'accepted'
      ) AS meant JOIN accounts AS a ON a.id = meant.id WHERE a.domain IS NOT NULL)) AS "isForOthers",
    p.uri IS NULL AND p.boost_of_id IS NULL AND (
      EXISTS (SELECT FROM mentions AS m WHERE m.post_id = p.id
        AND (SELECT true FROM groups AS g WHERE g.account_id = m.account_id) IS NOT NULL)
      OR EXISTS (SELECT FROM posts AS parent WHERE parent.id = p.reply_to_id AND parent.group_id IS NOT NULL)) AS "isForGroup"
  FROM posts AS p WHERE p.id = ANY ($1::bigint[])`

/**
 * What there is to know first of a post, as it is now; undefined when it is gone. Everything that follows from posts
 * asks at once and by one query.
 */
export const glance = gather<Id, Glance>(0, async (ids) => {
  const found = await rows<Glance>({}, glances, [[...new Set(ids)]])
  return new Map(found.map((each) => [each.id, each]))
})
