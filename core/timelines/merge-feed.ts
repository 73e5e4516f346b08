import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { addToFeeds, homeKey } from './feed-store.ts'
import { homeEntriesBy } from './feed.queries.ts'

const RECENT = 100

/** Fills the home of somebody who follows an account now with its latest posts (TL-08). */
export async function mergeFeed(ctx: Ctx, fact: { followerId: Id; followedId: Id }): Promise<void> {
  const { followerId, followedId } = fact
  const entries = await homeEntriesBy(ctx, followerId, followedId, RECENT)
  // Oldest first, as they would have come.
  for (const entry of entries.reverse()) await addToFeeds([homeKey(followerId)], entry)
}
