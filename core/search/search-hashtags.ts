import type { Ctx } from '../ctx.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** A hashtag; `id` is empty for one that nobody has used yet. */
export type FoundHashtag = { id: Id | ''; name: string; displayName: string }

/**
 * Finds hashtags that begin with a text, the shortest first; the exact one is first of all, even unused when it was
 * asked for with its sign (SRCH-07). `onlyReviewed`: none that staff has not looked at (SRCH-06).
 */
export async function searchHashtags(
  ctx: Pick<Ctx, 'tx'>,
  {
    query,
    limit,
    offset,
    onlyReviewed = false,
  }: { query: string; limit: number; offset: number; onlyReviewed?: boolean },
): Promise<FoundHashtag[]> {
  const name = normalizeHashtag(query)
  if (!name) return []
  const found = await rows<FoundHashtag>(
    ctx,
    `SELECT h.id, h.name, h.display_name AS "displayName" FROM hashtags AS h
     WHERE h.name ~>=~ $1 AND h.name ~<~ $2 AND h.is_listable AND (h.reviewed_at IS NOT NULL OR NOT $5)
     ORDER BY h.name = $1 DESC, length(h.name), h.name LIMIT $3 OFFSET $4`,
    [name, `${name}\u{10ffff}`, limit, offset, onlyReviewed],
  )
  const isAskedFor = query.startsWith('#') && offset === 0 && !found.some((each) => each.name === name)
  return isAskedFor
    ? [{ id: '' as const, name, displayName: query.replace(/^#/, '') }, ...found].slice(0, limit)
    : found
}
