import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { createPost, type NewPost } from '../posts/create-post.ts'
import type { Post } from '../posts/post.model.ts'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { mayTakePart } from './group.policy.ts'
import { Group } from './group.model.ts'

/**
 * Publishes a post of a member in a group, here or elsewhere; throws as `createPost`, and Forbidden when the group is here and
 * they may not take part in it.
 */
export async function postToGroup(ctx: Ctx, draft: NewPost & { groupId: Id }): Promise<Post> {
  const { accountId } = actingPerson(ctx)
  const { groupId } = draft
  const group = await Group.findByPk(groupId, { transaction: ctx.tx ?? null })
  if (group && !(await mayTakePart(ctx, groupId, accountId))) throw new Forbidden()
  return createPost(ctx, draft)
}
