import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Post } from './post.model.ts'
import { isOpen } from './post.policy.ts'

type Counted = Pick<Post, 'authorId' | 'visibility' | 'replyToId' | 'boostOfId' | 'publishedAt'>

/**
 * Raises the counters that a new post changes, in the order posts before accounts, as everywhere: replies of the parent
 * (those that everybody may see), boosts of the original, posts of the author (all but direct ones).
 */
export async function countPost(ctx: TxCtx, post: Counted): Promise<void> {
  if (post.replyToId && isOpen(post.visibility))
    await rows(ctx, 'UPDATE posts SET replies_count = replies_count + 1 WHERE id = $1', [post.replyToId])
  if (post.boostOfId)
    await rows(ctx, 'UPDATE posts SET boosts_count = boosts_count + 1 WHERE id = $1', [post.boostOfId])
  if (post.visibility !== 'direct')
    await rows(
      ctx,
      'UPDATE accounts SET posts_count = posts_count + 1, last_post_at = greatest(last_post_at, $2) WHERE id = $1',
      [post.authorId, post.publishedAt],
    )
}

/** Lowers them again when the post goes, and the counters of those whose boosts of it go along. */
export async function uncountPost(ctx: TxCtx, post: Counted, boosterIds: readonly Id[]): Promise<void> {
  if (post.replyToId && isOpen(post.visibility))
    await rows(ctx, 'UPDATE posts SET replies_count = greatest(replies_count - 1, 0) WHERE id = $1', [
      post.replyToId,
    ])
  if (post.boostOfId)
    await rows(ctx, 'UPDATE posts SET boosts_count = greatest(boosts_count - 1, 0) WHERE id = $1', [
      post.boostOfId,
    ])
  // Held in the order of their ids, so that two posts with the same people in them do not wait for each other.
  await rows(
    ctx,
    `WITH gone AS (SELECT id, count(*)::int AS posts FROM unnest($1::bigint[]) AS id GROUP BY id),
       held AS (SELECT a.id FROM accounts AS a JOIN gone USING (id) ORDER BY a.id FOR NO KEY UPDATE OF a)
     UPDATE accounts SET posts_count = greatest(posts_count - gone.posts, 0)
     FROM gone JOIN held USING (id) WHERE accounts.id = gone.id`,
    [[...(post.visibility === 'direct' ? [] : [post.authorId]), ...boosterIds]],
  )
}
