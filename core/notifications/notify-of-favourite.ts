import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { notify } from './notify.ts'

/** Tells a member that somebody likes their post, unless it was taken back meanwhile (NOTE-02). */
export async function notifyOfFavourite(ctx: Ctx, fact: Facts['reaction.added']): Promise<void> {
  const { postId, accountId: fromId } = fact
  const post = await row<{ authorId: Id }>(
    ctx,
    `SELECT p.author_id AS "authorId" FROM reactions AS r JOIN posts AS p ON p.id = r.post_id
     WHERE r.account_id = $1 AND r.post_id = $2 AND r.emoji = '' AND $3 = ''`,
    [fromId, postId, fact.emoji],
  )
  if (post) await notify(ctx, [{ accountId: post.authorId, kind: 'favourite', fromId, postId }])
}
