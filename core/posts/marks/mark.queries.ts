import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { type Cursors, pageOf } from '../../paging.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { visibleTo } from '../post.policy.ts'

/** One entry of a list that is ordered by when it was made: `cursor` pages through it, `id` is what it shows. */
export type Entry = { cursor: Id; id: Id }

/** The posts that the actor keeps, last kept first (PAGE-14, PAGE-15). */
export function bookmarkedPosts(ctx: Ctx, cursors: Cursors): Promise<Entry[]> {
  return postsMarkedIn(ctx, cursors, 'bookmarks AS k', 'true')
}

/** The posts that the actor likes, last liked first (PAGE-14, PAGE-15). */
export function favouritePosts(ctx: Ctx, cursors: Cursors): Promise<Entry[]> {
  return postsMarkedIn(ctx, cursors, 'reactions AS k', `k.emoji = ''`)
}

/** The posts that the actor gave an emoji, last one first; one that got several comes as often. */
export function reactedPosts(ctx: Ctx, cursors: Cursors): Promise<Entry[]> {
  return postsMarkedIn(ctx, cursors, 'reactions AS k', `k.emoji <> ''`)
}

async function postsMarkedIn(ctx: Ctx, cursors: Cursors, table: string, condition: string): Promise<Entry[]> {
  const page = pageOf(cursors, 'k.id', 2)
  const found = await rows<Entry>(
    ctx,
    `SELECT k.id AS cursor, p.id FROM ${table} JOIN posts AS p ON p.id = k.post_id
     WHERE k.account_id = $1::bigint AND ${condition} AND ${page.where} AND ${visibleTo('$1::bigint')} ${page.order}`,
    [accountIdOf(ctx.actor) ?? null, ...page.values],
  )
  return page.newestFirst(found)
}
