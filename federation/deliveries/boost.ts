import { postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Facts } from '#platform/facts'
import { announceActivity, undoAnnounceActivity } from '../activities.ts'
import { deliver, followerInboxes, inboxesOf } from '../deliveries.ts'
import { loadPosts } from '../load-posts.ts'

/** Sends a boost of ours to followers and to the author of what was boosted (federation rule 186). */
export async function deliverBoost(ctx: Ctx, { postId }: Facts['post.boosted']): Promise<void> {
  const [boost] = await loadPosts([postId])
  if (!boost?.boostOf || boost.uri !== null) return
  const inboxes = await reached(boost.authorId, boost.boostOf.authorId)
  await deliver(ctx, { activity: announceActivity(boost), senderId: boost.authorId, postId }, inboxes)
}

/** Takes a boost of ours back. */
export async function deliverUnboost(ctx: Ctx, fact: Facts['post.unboosted']): Promise<void> {
  if (fact.uri !== null) return
  const [original] = await loadPosts([fact.boostOfId])
  if (!original) return
  const boostUri = postUri({ id: fact.postId, uri: null, authorId: fact.authorId })
  const activity = undoAnnounceActivity(boostUri, fact.authorId, postUri(original))
  await deliver(ctx, { activity, senderId: fact.authorId }, await reached(fact.authorId, original.authorId))
}

async function reached(boosterId: string, authorId: string): Promise<string[]> {
  const [followers, author] = await Promise.all([followerInboxes(boosterId), inboxesOf([authorId])])
  return [...new Set([...followers, ...author])]
}
