import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { findPost } from '../find-post.ts'

/** Keeps a post for the actor; twice is once (STAT-22). Throws NotFound when the post may not be seen. */
export async function bookmarkPost(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  const accountId = accountIdOf(ctx.actor)
  if (!accountId) throw new Forbidden()
  await findPost(ctx, postId)
  await rows(
    ctx,
    // The post may go at this very moment.
    'INSERT INTO bookmarks (account_id, post_id) SELECT $1, id FROM posts WHERE id = $2 FOR KEY SHARE ON CONFLICT DO NOTHING',
    [accountId, postId],
  )
}
