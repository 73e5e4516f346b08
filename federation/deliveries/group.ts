import type { Ctx } from '#core/ctx'
import { glance } from '#core/glance'
import { admitPost } from '#core/groups/admit-post'
import { mayTakePart } from '#core/groups/group.policy'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { postUri } from '#core/addresses'
import { createActivity } from '../activities.ts'
import { loadPosts, type WholePost } from '../load-posts.ts'
import type { Json } from '../properties.ts'
import { announceIn } from '../relay-to-group.ts'

/** Lets a group pass on a new post of a member here that got into it (feature groups-02). */
export async function relayLocalPost(ctx: Ctx, { postId }: Facts['post.created']): Promise<void> {
  if (!(await glance(postId))?.isForGroup) return
  const groupId = await admitPost(ctx, { postId })
  const [post] = groupId ? await loadPosts([postId]) : []
  if (!groupId || !post) return
  const about = { actorId: post.authorId, postId, key: `Create ${postUri(post)}` }
  await announceIn(ctx, groupId, createActivity(post), about)
}

/** Lets it pass on an edit. */
export const relayEdit = (
  ctx: Ctx,
  { id, groupId, authorId: accountId }: WholePost,
  activity: Json,
): Promise<void> => relayLocalDeed(ctx, { id, groupId }, { accountId, activity })

/** Lets it pass on what a member here did with a post that is in it, if they may take part there (federation rule 206). */
export async function relayLocalDeed(
  ctx: Ctx,
  { id: postId, groupId }: { id: Id; groupId: Id | null },
  { accountId, activity }: { accountId: Id; activity: Json },
): Promise<void> {
  if (!groupId || !(await mayTakePart(ctx, groupId, accountId))) return
  await announceIn(ctx, groupId, activity, { actorId: accountId, postId })
}

/** Lets it pass on the end of a post of a member here. */
export async function relayDeletion(
  ctx: Ctx,
  { groupId, postId, authorId }: Facts['post.deleted'],
  activity: Json,
): Promise<void> {
  if (groupId) await announceIn(ctx, groupId, activity, { actorId: authorId, endedPostId: postId })
}
