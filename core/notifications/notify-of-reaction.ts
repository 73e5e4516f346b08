import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

/**
 * Tells a member that somebody gave their post an emoji, unless it was taken back meanwhile; of several by one account only
 * the first is told (client extensions 4.1). Who takes it back at this moment waits, so that the notification is withdrawn
 * after it was made.
 */
export async function notifyOfReaction(ctx: Ctx, fact: Facts['reaction.added']): Promise<void> {
  if (fact.emoji === '') return
  const { reactionId: subjectId, accountId: fromId, postId } = fact
  await transact(ctx, async (ctx) => {
    const post = await row<{ authorId: Id }>(
      ctx,
      `SELECT p.author_id AS "authorId" FROM reactions AS r JOIN posts AS p ON p.id = r.post_id WHERE r.id = $1
       FOR KEY SHARE OF r`,
      [subjectId],
    )
    if (post) await notify(ctx, [{ accountId: post.authorId, kind: 'reaction', fromId, postId, subjectId }])
  })
}
