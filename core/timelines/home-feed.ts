import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import type { Cursors } from '../paging.ts'
import { homeKey } from './feed-store.ts'
import { homeEntries, newestOfHome } from './feed.queries.ts'
import { pageOfFeed, type FoundPage } from './read-feed.ts'

/** A page of the actor's home, newest first (TL-01 to TL-06). It holds the last 800 posts. */
export function homeFeed(ctx: Ctx, cursors: Cursors): Promise<FoundPage> {
  const viewerId = actingId(ctx)
  return pageOfFeed(
    ctx,
    {
      key: homeKey(viewerId),
      viewerId,
      page: (at) => homeEntries(ctx, viewerId, at),
      newest: (limit) => newestOfHome(ctx, viewerId, limit),
    },
    cursors,
  )
}
