import type { Ctx } from '../ctx.ts'
import { glance } from '../glance.ts'
import { visibleTo, welcomeTo } from '../posts/post.policy.ts'
import { tellStreams } from '../stream.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { verdictAt } from './notification.policy.ts'

/**
 * Puts a direct post into the conversations of those it is between, one for each member and set of others; new for
 * everybody but its author (TL-18). Not for who mutes the author or blocks its domain (ACCT-30, ACCT-39), or whose
 * policy drops what the author says (federation rule 224). A repeat changes nothing.
 */
export async function recordConversation(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  if ((await glance(postId))?.visibility !== 'direct') return
  const found = await rows<{ conversationId: Id; accountId: Id }>(ctx, recording, [postId, now()])
  for (const one of found) await tellStreams(ctx, { event: 'conversation', ...one })
}

// Whom a member drops starts no conversation either: the notice would be of a mention.
const isDropped = `EXISTS (
    SELECT FROM (SELECT me.id AS "accountId", p.author_id AS "fromId", p.id AS "postId", 'mention' AS kind,
        true AS "isFilterable") AS n
      JOIN accounts AS s ON s.id = n."fromId" LEFT JOIN notification_policies AS y ON y.account_id = n."accountId"
    WHERE ${verdictAt('$2')} = 'drop')`

const upsert = `
  WITH people AS MATERIALIZED (
    SELECT author_id AS id FROM posts WHERE id = $1 UNION SELECT account_id FROM mentions WHERE post_id = $1)
  INSERT INTO conversations AS c (account_id, participant_ids, last_post_id, is_unread)
  SELECT me.id, ARRAY(SELECT other.id FROM people AS other WHERE other.id <> me.id ORDER BY other.id), p.id,
    me.id <> p.author_id
  FROM people AS me JOIN posts AS p ON p.id = $1 AND p.visibility = 'direct' AND p.boost_of_id IS NULL
  WHERE EXISTS (SELECT FROM users AS u WHERE u.account_id = me.id) AND ${visibleTo('me.id', 'p')}
    AND (p.author_id = me.id OR (${welcomeTo('me.id', 'p.author_id')} AND NOT ${isDropped}))
  ORDER BY me.id
  ON CONFLICT (account_id, participant_ids) DO UPDATE SET
    is_unread = CASE WHEN excluded.last_post_id > coalesce(c.last_post_id, 0) THEN excluded.is_unread ELSE c.is_unread END,
    last_post_id = greatest(c.last_post_id, excluded.last_post_id)
  RETURNING id, account_id`

const recording = `
  WITH told AS (${upsert}),
    noted AS (INSERT INTO conversation_posts (conversation_id, post_id) SELECT id, $1 FROM told ON CONFLICT DO NOTHING)
  SELECT id AS "conversationId", account_id AS "accountId" FROM told`
