import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { firstIdOf, compareIds, type Id } from '#platform/ids'
import { glance } from '../glance.ts'
import { homesThatTake, homesThatTakeTags, listsThatTake } from './audience.queries.ts'
import type { FeedEntry } from './feed-entry.ts'
import { addToFeeds, homeKey, listKey } from './feed-store.ts'
import { tellStreams } from '../stream.ts'

const DAYS_30 = 30 * 86_400_000

/**
 * Puts a new post or boost into the homes and lists that take it, those of followers of its hashtags too, and tells open
 * streams (TL-01 to TL-06, MISC-06). A repeat changes nothing. One that is older than 30 days enters none (federation rule 124), and one that is gone neither.
 */
export async function fanOutPost(
  ctx: Ctx,
  { postId, authorId }: { postId: Id; authorId: Id },
): Promise<void> {
  if (compareIds(postId, firstIdOf(new Date(now().getTime() - DAYS_30))) < 0) return
  const post = await glance(postId)
  if (!post) return
  if (post.visibility === 'public' && !post.boostOfId)
    await tellStreams(ctx, { event: 'update', postId, to: { isPublic: true } })
  for await (const ids of homesThatTake(ctx, { postId, authorId }))
    await enter(ctx, post, { ids, keyOf: homeKey, kind: 'homes' })
  if (post.isTagged)
    for await (const ids of homesThatTakeTags(ctx, { postId, authorId }))
      await enter(ctx, post, { ids, keyOf: homeKey, kind: 'homes' })
  if (post.isListed)
    for await (const ids of listsThatTake(ctx, { postId, authorId }))
      await enter(ctx, post, { ids, keyOf: listKey, kind: 'lists' })
}

type Feeds = { ids: Id[]; keyOf(id: Id): string; kind: 'homes' | 'lists' }

async function enter(ctx: Ctx, post: FeedEntry, feeds: Feeds): Promise<void> {
  const { ids, keyOf, kind } = feeds
  const repeats = await addToFeeds(ids.map(keyOf), post)
  const taken = ids.filter((id) => !repeats.has(keyOf(id)))
  if (taken.length > 0) await tellStreams(ctx, { event: 'update', postId: post.id, to: { [kind]: taken } })
}
