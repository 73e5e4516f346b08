import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import { compareIds, type Id } from '#platform/ids'
import type { Post } from './post.model.ts'

const MOST = 100

/**
 * Ties replies that came before their parent to it, with whatever hangs on them, and counts them (federation rule 121).
 * Replies of the parent's own thread stay as they are: tying them would close a circle.
 */
export async function linkReplies(
  ctx: TxCtx,
  post: Pick<Post, 'id' | 'uri' | 'authorId' | 'threadId' | 'boostOfId'>,
): Promise<void> {
  if (!post.uri || post.boostOfId) return
  const linked = await rows<{ id: Id; authorId: Id; threadId: Id; isOpen: boolean }>(
    ctx,
    `UPDATE posts SET reply_to_id = $1, reply_to_uri = NULL, version = version + 1,
       reply_to_account_id = CASE WHEN author_id <> $2 THEN $2 ELSE coalesce(
         (SELECT reply_to_account_id FROM posts AS parent WHERE parent.id = $1), author_id) END
     WHERE reply_to_uri = $3 AND thread_id <> $4
     RETURNING id, author_id AS "authorId", thread_id AS "threadId", visibility IN ('public', 'unlisted') AS "isOpen"`,
    [post.id, post.authorId, post.uri, post.threadId],
  )
  if (linked.length === 0) return
  const threads = [...new Set(linked.map(({ threadId }) => threadId))]
  await rows(ctx, 'UPDATE posts SET thread_id = $1 WHERE thread_id = ANY ($2::bigint[])', [
    post.threadId,
    threads,
  ])
  // Who wants to hear no more of a part of it does not want the whole of it either.
  await rows(
    ctx,
    `WITH gone AS (DELETE FROM thread_mutes WHERE thread_id = ANY ($2::bigint[]) RETURNING account_id)
     INSERT INTO thread_mutes (account_id, thread_id) SELECT DISTINCT account_id, $1::bigint FROM gone ON CONFLICT DO NOTHING`,
    [post.threadId, threads],
  )
  const replies = linked.filter(({ isOpen }) => isOpen).length
  await rows(ctx, 'UPDATE posts SET replies_count = replies_count + $2 WHERE id = $1', [post.id, replies])
  // Newest first: homes end somewhere, and whoever waits for a parent may be many.
  const newest = linked.toSorted((a, b) => compareIds(b.id, a.id)).slice(0, MOST)
  await emit(ctx, 'replies.linked', { replies: newest.map(({ id, authorId }) => ({ postId: id, authorId })) })
}
