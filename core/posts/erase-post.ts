import { postUri } from '../addresses.ts'
import type { TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { uncountPost } from './count-post.ts'
import type { Post } from './post.model.ts'
import { eraseQuotes } from './erase-quotes.ts'
import type { DeletedPost } from './post.facts.ts'
import { postOf } from './post-row.ts'
import { takePost } from './share-post.ts'

type Erasing = {
  /** The uploads may go into another post within a day (STAT-20); else they go at once. */
  keepsMedia: boolean
}

/**
 * Takes a post or boost away with all that hangs on it, its boosts included: the only place that does. Lowers the
 * counters, leaves a tombstone and states the fact. Nothing happens when the post is gone already.
 */
export async function erasePost(ctx: TxCtx, postId: Id, { keepsMedia }: Erasing): Promise<void> {
  const post = await hold(ctx, postId)
  if (!post) return
  const fact = await whatIsLeft(ctx, post, keepsMedia)
  await bury(ctx, post)
  const boosterIds = await boostersOf(ctx, post)
  await eraseQuotes(ctx, postId)
  // With what its author was allowed or waits for by it.
  const wish = await row<{ targetId: Id; state: string }>(
    ctx,
    `WITH gone AS (DELETE FROM posts WHERE id = $1)
     DELETE FROM interaction_requests WHERE id = $1 RETURNING target_id AS "targetId", state`,
    [postId],
  )
  if (wish?.state === 'pending')
    await emit(ctx, 'interaction.withdrawn', {
      kind: 'reply',
      targetId: wish.targetId,
      accountId: post.authorId,
    })
  await uncountPost(ctx, post, boosterIds)
  const { authorId, boostOfId, uri } = post
  if (boostOfId) await emit(ctx, 'post.unboosted', { postId, authorId, boostOfId, uri })
  else await emit(ctx, 'post.deleted', fact)
}

/** What it answers or boosts is held first, as by everybody who counts something there. */
async function hold(ctx: TxCtx, postId: Id): Promise<Post | undefined> {
  await takePost(ctx, postId)
  await rows(
    ctx,
    `SELECT FROM posts WHERE id IN (SELECT coalesce(boost_of_id, reply_to_id) FROM posts WHERE id = $1) FOR NO KEY UPDATE`,
    [postId],
  )
  const found = await row(ctx, 'SELECT * FROM posts WHERE id = $1 FOR UPDATE', [postId])
  return found && postOf(found)
}

async function whatIsLeft(ctx: TxCtx, post: Post, keepsMedia: boolean): Promise<DeletedPost> {
  const { id: postId, authorId, uri, visibility, replyToAccountId, groupId } = post
  const parts = await row<Pick<DeletedPost, 'mentionedIds' | 'hashtagIds' | 'reachedIds' | 'mediaIds'>>(
    ctx,
    remains,
    [postId],
  )
  return {
    postId,
    authorId,
    uri,
    visibility,
    replyToAccountId,
    groupId,
    mentionedIds: parts?.mentionedIds ?? [],
    hashtagIds: parts?.hashtagIds ?? [],
    reachedIds: parts?.reachedIds ?? [],
    mediaIds: keepsMedia ? [] : (parts?.mediaIds ?? []),
  }
}

// Of a post that went far, the accounts that are told of its end are bounded; their servers hear of it by followers too.
const remains = `SELECT
  ARRAY(SELECT account_id::text FROM mentions WHERE post_id = $1 ORDER BY position) AS "mentionedIds",
  ARRAY(SELECT hashtag_id::text FROM post_hashtags WHERE post_id = $1 AND is_public) AS "hashtagIds",
  ARRAY(SELECT id::text FROM media WHERE post_id = $1) AS "mediaIds",
  ARRAY(SELECT id::text FROM (
    SELECT author_id AS id FROM posts WHERE boost_of_id = $1 OR reply_to_id = $1
    UNION SELECT account_id FROM reactions WHERE post_id = $1
    UNION SELECT author_id FROM interaction_requests WHERE id = $1
    UNION SELECT p.author_id FROM quotes AS q JOIN posts AS p ON p.id = q.post_id WHERE q.quoted_id = $1
    UNION SELECT p.author_id FROM quotes AS q JOIN posts AS p ON p.id = q.quoted_id WHERE q.post_id = $1) AS reached
    JOIN accounts USING (id) WHERE domain IS NOT NULL LIMIT 5000) AS "reachedIds"`

async function bury(ctx: TxCtx, post: Post): Promise<void> {
  await rows(
    ctx,
    `INSERT INTO tombstones (uri, actor_uri, former_type)
     SELECT $1, a.uri, CASE WHEN EXISTS (SELECT FROM polls WHERE post_id = $3) THEN 'Question' ELSE $4 END
     FROM accounts AS a WHERE a.id = $2 ON CONFLICT (uri) DO NOTHING`,
    [postUri(post), post.authorId, post.id, post.boostOfId ? 'Announce' : 'Note'],
  )
}

/** Whose counted boosts go with the original. */
const boostersOf = async (ctx: TxCtx, { id }: Post): Promise<Id[]> =>
  (
    await rows<{ id: Id }>(
      ctx,
      `SELECT author_id AS id FROM posts WHERE boost_of_id = $1 AND visibility <> 'direct'`,
      [id],
    )
  ).map((booster) => booster.id)
