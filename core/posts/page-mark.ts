import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { gather } from '#platform/gather'
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

// xmin is the transaction that wrote a row as it is now: it changes with every change, whoever makes it. Reactions,
// boosts, votes, attachments, polls and quotes change the row of their post too; bookmarks, follows, blocks, mutes and
// filters that of the viewer (migration stamp-views).
const markOf = (rows: string | undefined): string => `
  SELECT concat_ws('|', p.mark, a.mark, (SELECT xmin::text FROM users WHERE account_id = $3) ${rows ? ', s.mark' : ''}) AS mark
  FROM (${of('posts WHERE id = ANY ($1::bigint[])')}) AS p, (${of('accounts WHERE id = ANY ($2::bigint[])')}) AS a
  ${rows ? `, (${of(`(${rows} LIMIT ${LONGEST + 1}) AS stretch`)}) AS s WHERE s.count <= ${LONGEST}` : ''}`

type One = { postId: Id; accountId: Id; viewerId: Id | null }

// Single posts are asked for most: three look-ups for each, by one query for all that are asked for at one moment.
const marksOfOnes = `
  SELECT format('%s|%s|%s', (SELECT xmin FROM posts WHERE id = one.post_id), (SELECT xmin FROM accounts WHERE id = one.account_id),
    (SELECT xmin FROM users WHERE account_id = one.viewer_id)) AS mark
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS one (post_id, account_id, viewer_id, at) ORDER BY at`

const markOfOne = gather<One, string>(0, async (all) => {
  const values = [
    all.map((one) => one.postId),
    all.map((one) => one.accountId),
    all.map((one) => one.viewerId),
  ]
  const found = await rows<{ mark: string }>({}, marksOfOnes, values)
  return new Map(all.map((one, at) => [one, found[at]!.mark]))
})

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
    return markOfOne({ postId: postIds[0]!, accountId: accountIds[0]!, viewerId })
  const ends = stretch ? [stretch.low, stretch.high] : []
  const values = [postIds, accountIds, viewerId, ...ends]
  return (await row<{ mark: string }>(ctx, markOf(stretch?.rows), values))?.mark
}
