import type { TxCtx } from '../ctx.ts'
import { sharePost } from '../posts/share-post.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'

/** A reaction that was checked; without an emoji it is a favourite. */
export type ReactionDraft = { accountId: Id; postId: Id; emoji?: string; uri?: string | null }

/**
 * Writes a reaction, its counter and the fact. One that is there already only takes over the newer id of another server
 * (federation rule 127). Throws NotFound when the post is gone.
 */
export async function recordReaction(
  ctx: TxCtx,
  { accountId, postId, emoji = '', uri = null }: ReactionDraft,
): Promise<void> {
  if (!(await sharePost(ctx, postId))) throw new NotFound()
  const added = await row<{ id: Id }>(
    ctx,
    `INSERT INTO reactions (account_id, post_id, emoji, uri) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id`,
    [accountId, postId, emoji, uri],
  )
  if (!added) {
    if (uri)
      await rows(ctx, 'UPDATE reactions SET uri = $4 WHERE account_id = $1 AND post_id = $2 AND emoji = $3', [
        accountId,
        postId,
        emoji,
        uri,
      ])
    return
  }
  await emit(ctx, 'reaction.added', { reactionId: added.id, accountId, postId, emoji, uri })
  if (emoji === '')
    await rows(ctx, 'UPDATE posts SET favourites_count = favourites_count + 1 WHERE id = $1', [postId])
}
