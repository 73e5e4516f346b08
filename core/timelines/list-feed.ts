import type { Ctx } from '../ctx.ts'
import type { Cursors } from '../paging.ts'
import { findList } from '../relationships/find-list.ts'
import type { Id } from '#platform/ids'
import { listKey } from './feed-store.ts'
import { listEntries, newestOfList } from './feed.queries.ts'
import { pageOfFeed, type FoundPage } from './read-feed.ts'

/** A page of one of the actor's lists, newest first (TL-14). Throws NotFound for all other lists. */
export async function listFeed(ctx: Ctx, listId: Id, cursors: Cursors): Promise<FoundPage> {
  const { ownerId } = await findList(ctx, { listId })
  return pageOfFeed(
    ctx,
    {
      key: listKey(listId),
      viewerId: ownerId,
      page: (at) => listEntries(ctx, { ownerId, listId }, at),
      newest: (limit) => newestOfList(ctx, { ownerId, listId }, limit),
    },
    cursors,
  )
}
