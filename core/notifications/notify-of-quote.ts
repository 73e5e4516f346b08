import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { notify } from './notify.ts'

/** Tells a member that somebody quotes their post, unless that was taken back meanwhile (QUOTE-13, NOTE-02). */
export async function notifyOfQuote(ctx: Ctx, fact: Facts['quote.accepted']): Promise<void> {
  const { postId, authorId: fromId } = fact
  const quoted = await row<{ accountId: Id }>(
    ctx,
    `SELECT p.author_id AS "accountId" FROM quotes AS q JOIN posts AS p ON p.id = q.quoted_id
     WHERE q.post_id = $1 AND q.state = 'accepted'`,
    [postId],
  )
  if (quoted) await notify(ctx, [{ accountId: quoted.accountId, kind: 'quote', fromId, postId }])
}
