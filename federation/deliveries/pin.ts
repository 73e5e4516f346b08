import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import { isOpen } from '#core/posts/post.policy'
import type { Facts } from '#platform/facts'
import { pinActivity } from '../activities.ts'
import { deliver, followerInboxes } from '../deliveries.ts'

/** Tells followers elsewhere of a post that a member pinned; the collection shows what everybody may see. */
export const deliverPin = (ctx: Ctx, { postId }: Facts['post.pinned']): Promise<void> =>
  tell(ctx, postId, 'Add')

/** Tells them that it is pinned no more. */
export const deliverUnpin = (ctx: Ctx, { postId }: Facts['post.unpinned']): Promise<void> =>
  tell(ctx, postId, 'Remove')

// What was changed again since is told by the fact of that change.
async function tell(ctx: Ctx, postId: string, type: 'Add' | 'Remove'): Promise<void> {
  const post = await Post.findByPk(postId)
  if (!post || post.uri !== null || !isOpen(post.visibility)) return
  if ((type === 'Add') !== (post.pinnedAt !== null)) return
  const { id, authorId, version } = post
  const activity = pinActivity(type, { id, authorId, uri: null }, version)
  await deliver(ctx, { activity, senderId: authorId, postId }, await followerInboxes(authorId))
}
