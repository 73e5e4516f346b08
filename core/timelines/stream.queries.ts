import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { feedJoins, welcomeInFeed } from './feed.policy.ts'
import { isInLanguages } from '../posts/post.policy.ts'
import { isListed, isWanted } from './timeline.queries.ts'

/** Which streams for everybody a post is in. `isListed`: in the public ones; hashtags have it in any case. */
export type Reach = { isListed: boolean; isLocal: boolean; hasMedia: boolean; hashtags: string[] }

/** Where a public post belongs (TL-09, TL-12); undefined for one that is gone, or whose author is in no public timeline. */
export const reachOf = (ctx: Pick<Ctx, 'tx'>, postId: Id): Promise<Reach | undefined> =>
  row<Reach>(
    ctx,
    `SELECT ${isListed} AS "isListed", p.uri IS NULL AS "isLocal", p.has_media AS "hasMedia",
       ARRAY(SELECT h.name FROM post_hashtags AS ph JOIN hashtags AS h ON h.id = ph.hashtag_id
         WHERE ph.post_id = p.id AND ph.is_public) AS hashtags
     FROM posts AS p WHERE p.id = $1 AND p.visibility = 'public' AND p.boost_of_id IS NULL AND ${isWanted(undefined)}`,
    [postId],
  )

/**
 * A viewer of a streamed post. Those with the same `face` get the same copy: they stand to it in the same way.
 * `isForeign`: it is in none of the languages that the viewer chose for public timelines. Filters are no part of the face.
 */
export type StreamViewer = { id: Id; face: string; isForeign: boolean; filtersVersion: number }

const BATCH = 1000

/** Those of these viewers who may see a post and do not block or mute anybody in it (STRM-15), in no order. */
export async function streamViewers(
  ctx: Pick<Ctx, 'tx'>,
  postId: Id,
  viewerIds: readonly Id[],
): Promise<StreamViewer[]> {
  const found: StreamViewer[] = []
  for (let from = 0; from < viewerIds.length; from += BATCH)
    found.push(...(await rows<StreamViewer>(ctx, viewers, [postId, viewerIds.slice(from, from + BATCH)])))
  return found
}

const subject = 'coalesce(p.boost_of_id, p.id)'

const viewers = `SELECT v.id, NOT ${isInLanguages('v.id')} AS "isForeign",
    coalesce((SELECT u.filters_version FROM users AS u WHERE u.account_id = v.id), 0) AS "filtersVersion",
    concat_ws(' ', p.author_id = v.id, coalesce(o.author_id = v.id, false),
      ARRAY(SELECT r.emoji FROM reactions AS r WHERE r.account_id = v.id AND r.post_id = ${subject} ORDER BY r.emoji),
      EXISTS (SELECT FROM posts AS b WHERE b.author_id = v.id AND b.boost_of_id = ${subject}),
      EXISTS (SELECT FROM bookmarks AS k WHERE k.account_id = v.id AND k.post_id = ${subject}),
      EXISTS (SELECT FROM posts AS t JOIN thread_mutes AS s ON s.thread_id = t.thread_id
        WHERE t.id = ${subject} AND s.account_id = v.id),
      ARRAY(SELECT c.choice FROM polls AS q JOIN votes AS c ON c.poll_id = q.id
        WHERE q.post_id = ${subject} AND c.account_id = v.id ORDER BY c.choice)) AS face
  FROM unnest($2::bigint[]) AS v (id) JOIN posts AS p ON p.id = $1 ${feedJoins}
  WHERE ${welcomeInFeed('v.id')}`
