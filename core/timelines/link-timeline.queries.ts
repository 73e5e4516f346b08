import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { isWanted, narrowed, type Narrowing } from './timeline.queries.ts'

/** The timeline of a page: public posts that show it as their card, by people who want to be found (TL-10, TL-11, TL-13). */
export async function linkTimeline(
  ctx: Ctx,
  { previewId, narrowing, cursors }: { previewId: Id; narrowing: Narrowing; cursors: Cursors },
): Promise<Id[]> {
  const viewerId = accountIdOf(ctx.actor)
  const first = viewerId ? 3 : 2
  const { where, order, values, newestFirst } = pageOf(cursors, 'pp.post_id', first)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT pp.post_id AS id FROM post_previews AS pp JOIN posts AS p ON p.id = pp.post_id
     WHERE pp.preview_id = $1 AND p.visibility = 'public' AND ${narrowed(narrowing)}
       AND ${isWanted(viewerId ? '$2::bigint' : undefined)}
       AND (SELECT a.is_discoverable FROM accounts AS a WHERE a.id = p.author_id) AND ${where} ${order}`,
    [previewId, ...(viewerId ? [viewerId] : []), ...values],
  )
  return newestFirst(found).map(({ id }) => id)
}
