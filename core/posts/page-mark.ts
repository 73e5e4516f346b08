import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/** What a rendered page of posts was made of. */
export type PageParts = { postIds: readonly Id[]; authorIds: readonly Id[] }

const of = (what: string, from: string): string =>
  `(SELECT string_agg(${what}, ',' ORDER BY ${what}) FROM ${from})`

// xmin is the transaction that wrote a row as it is now: it changes with every change, whoever makes it.
const mark = `SELECT concat_ws(' ',
  ${of('id::text || xmin::text', 'posts WHERE id = ANY ($1::bigint[])')},
  ${of('id::text || xmin::text', 'accounts WHERE id = ANY ($2::bigint[])')},
  ${of('id::text || xmin::text', 'media WHERE post_id = ANY ($1::bigint[])')},
  ${of('id::text || xmin::text', 'polls WHERE post_id = ANY ($1::bigint[])')}, '|',
  ${of('id::text', 'reactions WHERE account_id = $3 AND post_id = ANY ($1::bigint[])')}, '|',
  ${of('id::text', 'bookmarks WHERE account_id = $3 AND post_id = ANY ($1::bigint[])')}, '|',
  ${of('id::text', 'posts WHERE author_id = $3 AND boost_of_id = ANY ($1::bigint[])')}, '|',
  ${of('v.id::text', 'polls AS q JOIN votes AS v ON v.poll_id = q.id WHERE q.post_id = ANY ($1::bigint[]) AND v.account_id = $3')}, '|',
  ${of('s.id::text', 'posts AS p JOIN thread_mutes AS s ON s.thread_id = p.thread_id WHERE p.id = ANY ($1::bigint[]) AND s.account_id = $3')}, '|',
  (SELECT filters_version FROM users WHERE account_id = $3)
) AS mark`

/**
 * A text that differs whenever anything differs that a page of these posts shows to the actor: the posts, their authors,
 * media and polls, and how the actor stands to them. Which posts the actor may see is asked apart.
 */
export async function pageMark(ctx: Ctx, { postIds, authorIds }: PageParts): Promise<string> {
  const found = await row<{ mark: string }>(ctx, mark, [postIds, authorIds, accountIdOf(ctx.actor) ?? null])
  return found?.mark ?? ''
}
