import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { select } from '#platform/select'
import { likeActivity, undoActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import { renderReaction } from '../objects/reaction.ts'
import type { Json } from '../properties.ts'

/** Tells the author elsewhere what a member of ours thinks of a post (federation rule 186, feature emoji-reactions-01). */
export async function deliverReaction(ctx: Ctx, fact: Facts['reaction.added']): Promise<void> {
  const like = await likeOf(fact)
  if (like) await deliver(ctx, { activity: like, senderId: fact.accountId }, await authorInbox(fact.postId))
}

/** Takes it back. */
export async function deliverReactionEnd(ctx: Ctx, fact: Facts['reaction.removed']): Promise<void> {
  const like = await likeOf(fact)
  if (like)
    await deliver(
      ctx,
      { activity: undoActivity(like), senderId: fact.accountId },
      await authorInbox(fact.postId),
    )
}

/** The Like of a reaction to a post elsewhere; undefined for any other. */
export async function likeOf(fact: Facts['reaction.added']): Promise<Json | undefined> {
  const { reactionId, accountId, postId } = fact
  const account = await select({}, Account, 'id = $1 AND domain IS NULL', [accountId])
  const post = account && (await select({}, Post, 'id = $1 AND uri IS NOT NULL', [postId]))
  const author = post && (await select({}, Account, 'id = $1', [post.authorId]))
  if (!author) return undefined
  return likeActivity(reactionId, account, postUri(post), accountUri(author), renderReaction(fact))
}

async function authorInbox(postId: string): Promise<string[]> {
  const post = await Post.findByPk(postId, { attributes: ['authorId'] })
  return post ? inboxesOf([post.authorId], { personal: true }) : []
}
