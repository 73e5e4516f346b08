import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type FilterCard, filterOfKeyword, type KeywordCard } from './filter.queries.ts'

/** Finds a keyword of the actor and the filter that it belongs to. Throws NotFound for all others. */
export async function findKeyword(
  ctx: Ctx,
  { keywordId }: { keywordId: Id },
): Promise<{ filter: FilterCard; keyword: KeywordCard }> {
  const filter = await filterOfKeyword(ctx, actingId(ctx), keywordId)
  const keyword = filter?.keywords.find(({ id }) => id === keywordId)
  if (!filter || !keyword) throw new NotFound()
  return { filter, keyword }
}
