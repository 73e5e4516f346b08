import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { likeActivity, undoActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import type { Json } from '../properties.ts'

/** Tells the author elsewhere that a member of ours likes a post (federation rule 186). */
export async function deliverReaction(ctx: Ctx, fact: Facts['reaction.added']): Promise<void> {
  const like = await likeOf(fact)
  if (like) await deliver(ctx, { activity: like, senderId: fact.accountId }, await authorInbox(fact.postId))
}

/** Takes a like back. */
export async function deliverReactionEnd(ctx: Ctx, fact: Facts['reaction.removed']): Promise<void> {
  const like = await likeOf(fact)
  if (like)
    await deliver(
      ctx,
      { activity: undoActivity(like), senderId: fact.accountId },
      await authorInbox(fact.postId),
    )
}

async function likeOf({ reactionId, accountId, postId }: Facts['reaction.added']): Promise<Json | undefined> {
  const [account, post] = await Promise.all([Account.findByPk(accountId), Post.findByPk(postId)])
  const author = post ? await Account.findByPk(post.authorId) : null
  if (!account?.isLocal || !post || !author || author.isLocal) return undefined
  return likeActivity(reactionId, account, postUri(post), accountUri(author))
}

async function authorInbox(postId: string): Promise<string[]> {
  const post = await Post.findByPk(postId, { attributes: ['authorId'] })
  return post ? inboxesOf([post.authorId], { personal: true }) : []
}
