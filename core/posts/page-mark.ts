import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * A stretch of a list: everything in it from the id `low` on and below `high`, whoever may see it. `rows` is SQL for rows
 * with `id` and `xmin` between $4 and $5; $3 is the viewer.
 */
export type Stretch = { rows: string; low: Id; high: Id }

/** What a rendered page was made of: the posts and accounts in it, and the stretch of the list that it was taken from. */
export type PageParts = { postIds: readonly Id[]; accountIds: readonly Id[]; stretch?: Stretch | undefined }

/** Reading a stretch of more rows costs more than the page is worth. */
const LONGEST = 100

const of = (from: string): string =>
  `SELECT string_agg(id::text || ':' || xmin::text, ' ' ORDER BY id) AS mark, count(*) AS count FROM ${from}`

// xmin is the transaction that wrote a row as it is now: it changes with every change, whoever makes it. Favourites,
// boosts, votes, attachments, polls and quotes change the row of their post too; bookmarks, follows, blocks, mutes and
// filters that of the viewer (migration stamp-views).
const markOf = (rows: string | undefined): string => `
  SELECT concat_ws('|', p.mark, a.mark, (SELECT xmin::text FROM users WHERE account_id = $3) ${rows ? ', s.mark' : ''}) AS mark
  FROM (${of('posts WHERE id = ANY ($1::bigint[])')}) AS p, (${of('accounts WHERE id = ANY ($2::bigint[])')}) AS a
  ${rows ? `, (${of(`(${rows} LIMIT ${LONGEST + 1}) AS stretch`)}) AS s WHERE s.count <= ${LONGEST}` : ''}`

// A single post by itself, which is asked for most: three look-ups, and nothing to put in order.
const markOfOne = `
  SELECT format('%s|%s|%s', (SELECT xmin FROM posts WHERE id = $1), (SELECT xmin FROM accounts WHERE id = $2),
    (SELECT xmin FROM users WHERE account_id = $3)) AS mark`

/**
 * A text that differs whenever anything differs that a page shows to the actor: its posts, its accounts, how the actor
 * stands to them, and what else is in the stretch of the list. Undefined when the stretch is too long.
 */
export async function pageMark(
  ctx: Ctx,
  { postIds, accountIds, stretch }: PageParts,
): Promise<string | undefined> {
  const viewerId = accountIdOf(ctx.actor) ?? null
  if (!stretch && postIds.length === 1 && accountIds.length === 1)
    return (await row<{ mark: string }>(ctx, markOfOne, [postIds[0], accountIds[0], viewerId]))?.mark
  const ends = stretch ? [stretch.low, stretch.high] : []
  const values = [postIds, accountIds, viewerId, ...ends]
  return (await row<{ mark: string }>(ctx, markOf(stretch?.rows), values))?.mark
}
