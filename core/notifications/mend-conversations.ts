import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** Gives conversations whose last post was deleted the one before it; those without any are gone (TL-18). */
export async function mendConversations(ctx: Ctx, fact: Facts['post.deleted']): Promise<void> {
  if (fact.visibility !== 'direct') return
  const accounts = [fact.authorId, ...fact.mentionedIds]
  await rows(
    ctx,
    `UPDATE conversations AS c SET last_post_id = (SELECT max(post_id) FROM conversation_posts WHERE conversation_id = c.id)
     WHERE c.last_post_id IS NULL AND c.account_id = ANY ($1::bigint[])`,
    [accounts],
  )
  await rows(
    ctx,
    'DELETE FROM conversations WHERE last_post_id IS NULL AND account_id = ANY ($1::bigint[])',
    [accounts],
  )
}
