import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { type Cursors, pageOf } from '../../paging.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Entry } from '../marks/mark.queries.ts'
import { visibleTo } from '../post.policy.ts'

/** The accepted quotes of a post that the actor may see, newest first (QUOTE-11). */
export async function quotesOf(
  ctx: Ctx,
  { postId, cursors }: { postId: Id; cursors: Cursors },
): Promise<Entry[]> {
  const page = pageOf(cursors, 'q.post_id', 3)
  const found = await rows<Entry>(
    ctx,
    `SELECT q.post_id AS cursor, p.id FROM quotes AS q JOIN posts AS p ON p.id = q.post_id
     WHERE q.quoted_id = $2::bigint AND q.state = 'accepted' AND ${page.where} AND ${visibleTo('$1::bigint')} ${page.order}`,
    [accountIdOf(ctx.actor) ?? null, postId, ...page.values],
  )
  return page.newestFirst(found)
}

/** The id of what a post quotes, however that stands; undefined when it quotes nothing that is here. */
export const quoteOf = async (ctx: Pick<Ctx, 'tx'>, postId: Id): Promise<Id | undefined> =>
  (await row<{ id: Id | null }>(ctx, 'SELECT quoted_id AS id FROM quotes WHERE post_id = $1', [postId]))
    ?.id ?? undefined
