import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { homeKey, removeFromFeed, wholeFeed } from './feed-store.ts'
import { entriesBy } from './feed.queries.ts'

/** Takes the posts of an account out of the home of somebody who follows it no longer (TL-08). */
export async function unmergeFeed(ctx: Ctx, fact: { followerId: Id; followedId: Id }): Promise<void> {
  const key = homeKey(fact.followerId)
  const entries = await wholeFeed(key)
  if (!entries) return
  const pair = { viewerId: fact.followerId, authorId: fact.followedId }
  await removeFromFeed([key], await entriesBy(ctx, pair, entries))
}
