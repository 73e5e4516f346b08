import type { TxCtx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Post, Visibility } from '../post.model.ts'
import { isNarrower } from '../post.policy.ts'

/**
 * An author elsewhere shows a post to fewer people than before: so do we, in every list. It is never shown to more
 * (WPAP-2026-TRANSITION).
 */
export async function narrowPost(ctx: TxCtx, post: Post, visibility: Visibility): Promise<void> {
  if (!isNarrower(visibility, post.visibility)) return
  await rows(ctx, 'UPDATE posts SET visibility = $2, version = version + 1 WHERE id = $1', [
    post.id,
    visibility,
  ])
  await rows(ctx, 'UPDATE post_hashtags SET is_public = false WHERE post_id = $1', [post.id])
  post.visibility = visibility
}
