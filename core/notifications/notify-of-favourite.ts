import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/**
 * Tells a member that somebody likes their post, unless it was taken back meanwhile (NOTE-02). Who takes it back at this
 * moment waits, so that the notification is withdrawn after it was made.
 */
export async function notifyOfFavourite(ctx: Ctx, fact: Facts['reaction.added']): Promise<void> {
  const { postId, accountId: fromId } = fact
  if (fact.emoji !== '') return
  await transact(ctx, async (ctx) => {
    const post = await row<{ authorId: Id }>(
      ctx,
      `SELECT p.author_id AS "authorId" FROM reactions AS r JOIN posts AS p ON p.id = r.post_id
       WHERE r.account_id = $1 AND r.post_id = $2 AND r.emoji = '' FOR KEY SHARE OF r`,
      [fromId, postId],
    )
    if (post) await notify(ctx, [{ accountId: post.authorId, kind: 'favourite', fromId, postId }])
  })
}
