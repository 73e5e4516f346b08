import type { Ctx } from '../ctx.ts'
import type { Glance } from '../glance.ts'
import type { Id } from '#platform/ids'
import { tellStreams } from '../stream.ts'
import { homesThatTake, homesThatTakeTags, listsThatTake } from './audience.queries.ts'
import type { FeedEntry } from './feed-entry.ts'
import { addToFeeds, homeKey, listKey } from './feed-store.ts'

/**
 * Puts a post into every home and list that takes it, and tells those who look at them unless it is quiet. A repeat changes
 * nothing.
 */
export async function enterFeeds(
  ctx: Ctx,
  post: Glance,
  { authorId, isQuiet = false }: { authorId: Id; isQuiet?: boolean },
): Promise<void> {
  const of = { postId: post.id, authorId }
  for await (const ids of homesThatTake(ctx, of))
    await enter(ctx, post, { ids, keyOf: homeKey, kind: 'homes', isQuiet })
  if (post.isTagged)
    for await (const ids of homesThatTakeTags(ctx, of))
      await enter(ctx, post, { ids, keyOf: homeKey, kind: 'homes', isQuiet })
  if (post.isListed)
    for await (const ids of listsThatTake(ctx, of))
      await enter(ctx, post, { ids, keyOf: listKey, kind: 'lists', isQuiet })
}

type Feeds = { ids: Id[]; keyOf(id: Id): string; kind: 'homes' | 'lists'; isQuiet: boolean }

async function enter(ctx: Ctx, post: FeedEntry, feeds: Feeds): Promise<void> {
  const { ids, keyOf, kind, isQuiet } = feeds
  const repeats = await addToFeeds(ids.map(keyOf), post)
  if (isQuiet) return
  const taken = ids.filter((id) => !repeats.has(keyOf(id)))
  if (taken.length > 0) await tellStreams(ctx, { event: 'update', postId: post.id, to: { [kind]: taken } })
}
