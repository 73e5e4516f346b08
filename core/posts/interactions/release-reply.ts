import type { TxCtx } from '../../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { countPost } from '../count-post.ts'
import { linkQuotes } from '../link-quotes.ts'
import { linkReplies } from '../link-replies.ts'
import { Post, type Visibility } from '../post.model.ts'
import { recordMentions } from '../record-mentions.ts'
import type { InteractionRequest } from './interaction-request.ts'

/**
 * Publishes a reply that waited: it is seen by whom it was meant for, named in it and counted, and all that follows from a
 * new post follows now. One that was published and refused later is back in its thread. Gives whether it is there still.
 */
export async function releaseReply(
  ctx: TxCtx,
  { id, visibility, mentions }: InteractionRequest,
): Promise<boolean> {
  const post = await Post.findByPk(id, { transaction: ctx.tx })
  if (!post) return false
  if (!visibility) {
    await readmit(ctx, post)
    return true
  }
  await show(ctx, id, visibility)
  post.visibility = visibility
  await recordMentions(ctx, id, mentions ?? [])
  await linkReplies(ctx, post)
  await linkQuotes(ctx, post)
  await emit(ctx, 'post.created', { postId: id, authorId: post.authorId })
  await countPost(ctx, post)
  return true
}

async function show(ctx: TxCtx, id: Id, visibility: Visibility): Promise<void> {
  await rows(ctx, 'UPDATE interaction_requests SET visibility = NULL, mentions = NULL WHERE id = $1', [id])
  await rows(ctx, 'UPDATE posts SET visibility = $2, version = version + 1 WHERE id = $1', [id, visibility])
  if (visibility === 'public')
    await rows(ctx, 'UPDATE post_hashtags SET is_public = true WHERE post_id = $1', [id])
}

async function readmit(ctx: TxCtx, { id: postId, authorId }: Post): Promise<void> {
  await rows(ctx, 'DELETE FROM refused_replies WHERE post_id = $1', [postId])
  await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [postId])
  await emit(ctx, 'interaction.changed', { postId, authorId })
}
