import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/** What a rendered page of posts was made of. */
export type PageParts = {
  postIds: readonly Id[]
  authorIds: readonly Id[]
  /** Authors who let only some people quote. */
  choosyIds?: readonly Id[]
}

const of = (what: string, from: string): string =>
  `(SELECT string_agg(${what}, ',' ORDER BY ${what}) FROM ${from})`

// How the viewer stands to the authors of quoted posts, and to those who let only some people quote.
const between = (table: string, one: string, other: string): string =>
  `${of('id::text || xmin::text', `${table} WHERE ${one} = $3 AND ${other} IN (SELECT id FROM close)`)}, ':',
   ${of('id::text || xmin::text', `${table} WHERE ${one} IN (SELECT id FROM close) AND ${other} = $3`)}`

// xmin is the transaction that wrote a row as it is now: it changes with every change, whoever makes it.
const mark = `WITH close AS MATERIALIZED (SELECT unnest($4::bigint[]) AS id
  UNION SELECT quoted.author_id FROM quotes AS q JOIN posts AS quoted ON quoted.id = q.quoted_id WHERE q.post_id = ANY ($1::bigint[]))
SELECT concat_ws(' ',
  ${of('id::text || xmin::text', 'posts WHERE id = ANY ($1::bigint[])')},
  ${of('id::text || xmin::text', 'accounts WHERE id = ANY ($2::bigint[])')},
  ${of('id::text || xmin::text', 'media WHERE post_id = ANY ($1::bigint[])')},
  ${of('id::text || xmin::text', 'polls WHERE post_id = ANY ($1::bigint[])')}, '|',
  ${of('id::text', 'reactions WHERE account_id = $3 AND post_id = ANY ($1::bigint[])')}, '|',
  ${of('id::text', 'bookmarks WHERE account_id = $3 AND post_id = ANY ($1::bigint[])')}, '|',
  ${of('id::text', 'posts WHERE author_id = $3 AND boost_of_id = ANY ($1::bigint[])')}, '|',
  ${of('v.id::text', 'polls AS q JOIN votes AS v ON v.poll_id = q.id WHERE q.post_id = ANY ($1::bigint[]) AND v.account_id = $3')}, '|',
  ${of('s.id::text', 'posts AS p JOIN thread_mutes AS s ON s.thread_id = p.thread_id WHERE p.id = ANY ($1::bigint[]) AND s.account_id = $3')}, '|',
  (SELECT filters_version FROM users WHERE account_id = $3), '|',
  ${of('post_id::text || xmin::text', 'quotes WHERE post_id = ANY ($1::bigint[])')}, '|',
  ${between('follows', 'follower_id', 'followed_id')}, '|',
  ${between('blocks', 'blocker_id', 'blocked_id')}, '|',
  ${of('id::text', 'mutes WHERE muter_id = $3 AND muted_id IN (SELECT id FROM close)')}, '|',
  ${of('d.id::text', 'close JOIN accounts AS a ON a.id = close.id JOIN domain_blocks AS d ON d.domain = a.domain WHERE d.account_id = $3')}
) AS mark`

/**
 * A text that differs whenever anything differs that a page of these posts shows to the actor: the posts, their authors,
 * media, polls and quotes, and how the actor stands to them. Which posts the actor may see is asked apart.
 */
export async function pageMark(ctx: Ctx, { postIds, authorIds, choosyIds = [] }: PageParts): Promise<string> {
  const viewerId = accountIdOf(ctx.actor) ?? null
  const found = await row<{ mark: string }>(ctx, mark, [postIds, authorIds, viewerId, choosyIds])
  return found?.mark ?? ''
}
