import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type FilteredPostCard, filterOfPost } from './filter.queries.ts'

/** Finds the entry for a post in a filter of the actor. Throws NotFound for all others. */
export async function findFilteredPost(ctx: Ctx, { entryId }: { entryId: Id }): Promise<FilteredPostCard> {
  const filter = await filterOfPost(ctx, actingId(ctx), entryId)
  const entry = filter?.posts.find(({ id }) => id === entryId)
  if (!entry) throw new NotFound()
  return entry
}
