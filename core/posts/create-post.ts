import { actingPerson } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { checkPost, type NewPost } from './check-post.ts'
import { claimKey } from './claim-key.ts'
import { Post } from './post.model.ts'
import { recordPost } from './record-post.ts'

export type { NewPost } from './check-post.ts'

/**
 * Publishes a post of a member (POST-01 to POST-16). Throws NotFound when what it answers may not be seen (POST-08),
 * Invalid when it breaks a rule, UnexpectedMentions, Forbidden for somebody who moved away.
 */
export async function createPost(ctx: Ctx, draft: NewPost): Promise<Post> {
  const { idempotencyKey: key, ...body } = draft
  const { userId } = actingPerson(ctx)
  // Who is named is looked up before the transaction: other servers may take seconds to answer.
  const checked = await checkPost(ctx, draft)
  return transact(ctx, async (ctx) => {
    if (!key?.trim()) return recordPost(ctx, checked)
    const { postId, settle } = await claimKey(ctx, { userId, key, body })
    if (postId) return again(ctx, postId)
    const post = await recordPost(ctx, checked)
    await settle({ postId: post.id })
    return post
  })
}

async function again(ctx: TxCtx, postId: Id): Promise<Post> {
  const post = await Post.findByPk(postId, { transaction: ctx.tx })
  if (!post) throw new NotFound()
  return post
}
