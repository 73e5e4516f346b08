import type { Ctx } from '#core/ctx'
import type { Entry } from '#core/posts/marks/mark.queries'
import type { Id } from '#platform/ids'
import { Page } from '../answers.ts'
import { statusesJson } from './status.ts'

/** A page of posts that pages by their own ids, and links on while pages are full. */
export const statusPage = async (ctx: Ctx, ids: Id[], limit: number): Promise<Page> =>
  new Page(await statusesJson(ctx, ids), ids, { full: ids.length === limit })

/** A page of posts that pages by when they were marked (PAGE-14, PAGE-15). */
export const markedStatusPage = async (ctx: Ctx, found: Entry[], limit: number): Promise<Page> => {
  const items = await statusesJson(
    ctx,
    found.map(({ id }) => id),
  )
  const cursors = found.map(({ cursor }) => cursor)
  return new Page(items, cursors, { internal: true, full: found.length === limit })
}
