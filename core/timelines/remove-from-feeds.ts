import type { Ctx } from '../ctx.ts'
import type { Facts } from '#platform/facts'
import { homesNear, homesNearTags, listsNear } from './audience.queries.ts'
import { homeKey, listKey, removeFromFeed } from './feed-store.ts'
import { tellStreams } from '../stream.ts'

/**
 * Takes a post that was deleted, or a boost that was taken back, out of all feeds and tells open streams. Reads leave it
 * out already, as it is gone from PostgreSQL (TL-17).
 */
export async function removeFromFeeds(
  ctx: Ctx,
  fact: Facts['post.deleted'] | Facts['post.unboosted'],
): Promise<void> {
  const { postId, authorId } = fact
  const isPublic = 'visibility' in fact && fact.visibility === 'public'
  const event = 'delete'
  if (isPublic) await tellStreams(ctx, { event, postId, to: { isPublic } })
  // Whoever is named in it may have it from a notification.
  if ('mentionedIds' in fact && fact.mentionedIds.length > 0)
    await tellStreams(ctx, { event, postId, to: { homes: fact.mentionedIds } })
  const hashtagIds = ('hashtagIds' in fact && fact.hashtagIds) || []
  for (const near of [homesNear(ctx, authorId), homesNearTags(ctx, authorId, hashtagIds)])
    for await (const homes of near) {
      await removeFromFeed(homes.map(homeKey), [postId])
      await tellStreams(ctx, { event, postId, to: { homes } })
    }
  for await (const lists of listsNear(ctx, authorId)) {
    await removeFromFeed(lists.map(listKey), [postId])
    await tellStreams(ctx, { event, postId, to: { lists } })
  }
}
