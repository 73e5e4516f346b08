import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/**
 * Tells a member that somebody boosted their post, unless it was taken back meanwhile (NOTE-02). Who takes it back at this
 * moment waits, so that the notification is withdrawn after it was made.
 */
export async function notifyOfBoost(ctx: Ctx, fact: Facts['post.boosted']): Promise<void> {
  const { authorId: fromId, boostOfId, isQuiet } = fact
  if (isQuiet) return
  await transact(ctx, async (ctx) => {
    const original = await row<{ authorId: Id }>(
      ctx,
      `SELECT o.author_id AS "authorId" FROM posts AS b JOIN posts AS o ON o.id = b.boost_of_id WHERE b.id = $1
       FOR KEY SHARE OF b`,
      [fact.postId],
    )
    if (original)
      await notify(ctx, [{ accountId: original.authorId, kind: 'reblog', fromId, postId: boostOfId }])
  })
}
