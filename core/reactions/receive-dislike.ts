import type { Ctx } from '../ctx.ts'
import { sharePost } from '../posts/share-post.ts'
import { assertMayWrite } from '../posts/receive-post.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { eraseReaction } from './erase-reaction.ts'
import { openVote } from './receive-reaction.ts'

/**
 * Takes a vote of another server against a post, in place of a favourite of the same account (federation rule 129). It is
 * kept and shown to nobody. Throws Gone, Forbidden and NotFound as receiveReaction does.
 */
export async function receiveDislike(
  ctx: Ctx,
  draft: { accountId: Id; postId: Id; uri?: string | null },
): Promise<void> {
  const { accountId, uri = null } = draft
  await assertMayWrite(ctx, accountId)
  await transact(ctx, async (ctx) => {
    const { id: postId } = await openVote(ctx, draft)
    const favourite = await row<{ id: Id }>(
      ctx,
      `SELECT id FROM reactions WHERE account_id = $1 AND post_id = $2 AND emoji = ''`,
      [accountId, postId],
    )
    if (favourite) await eraseReaction(ctx, favourite.id)
    if (!(await sharePost(ctx, postId))) throw new NotFound()
    await rows(
      ctx,
      `INSERT INTO dislikes (account_id, post_id, uri) VALUES ($1, $2, $3)
       ON CONFLICT (account_id, post_id) DO UPDATE SET uri = coalesce(excluded.uri, dislikes.uri)`,
      [accountId, postId, uri],
    )
  })
}
