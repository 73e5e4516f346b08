import type { Ctx } from '../ctx.ts'
import { exactly } from '../posts/post.queries.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

const MOST = 20_000

const latest = (what: string): string => `(${what} ORDER BY id DESC LIMIT ${MOST})`

const marked = (account: string): string => `
  SELECT boost_of_id AS post_id FROM ${latest(
    `SELECT id, boost_of_id FROM posts WHERE author_id = ${account} AND boost_of_id IS NOT NULL`,
  )} AS boosted
  UNION SELECT post_id FROM ${latest(
    `SELECT id, post_id FROM reactions WHERE account_id = ${account} AND emoji = ''`,
  )} AS liked
  UNION SELECT post_id FROM ${latest(`SELECT id, post_id FROM bookmarks WHERE account_id = ${account}`)} AS kept
  UNION SELECT q.post_id FROM ${latest(`SELECT id, poll_id FROM votes WHERE account_id = ${account}`)} AS v
    JOIN polls AS q ON q.id = v.poll_id`

/**
 * The posts that an account (an expression in SQL) has to do with: own, boosted, favourited, bookmarked, naming them, and
 * those whose polls they voted in (SRCH-04). The latest 20,000 of each.
 */
const library = (account: string): string => `${marked(account)}
  UNION SELECT id FROM ${latest(`SELECT id FROM posts WHERE author_id = ${account} AND boost_of_id IS NULL`)} AS own
  UNION SELECT post_id FROM (SELECT post_id FROM mentions WHERE account_id = ${account}
    ORDER BY post_id DESC LIMIT ${MOST}) AS named`

/**
 * The newest posts of the same library that `fits` (a subquery of one row or none, of the post `l.post_id`) has, as SQL.
 * Only as many are looked at as are needed. Takes expressions for the account, two bounds outside of what is wanted, and
 * how many.
 */
export function newestOfLibrary(
  fits: string,
  { account, below, above, limit }: { account: string; below: string; above: string; limit: string },
): string {
  const part = (from: string) => `(SELECT post_id FROM ${from} AS part
    WHERE post_id < ${below} AND post_id > ${above} ORDER BY post_id DESC)`
  const own = `(SELECT id AS post_id FROM posts WHERE author_id = ${account} AND boost_of_id IS NULL)`
  const named = `(SELECT post_id FROM mentions WHERE account_id = ${account})`
  const parts = [own, named, `(${marked(account)})`].map(part).join(' UNION ALL ')
  // One post may be in each of the three.
  return `SELECT DISTINCT post_id FROM (SELECT l.post_id
      FROM (SELECT post_id FROM (${parts}) AS parts ORDER BY post_id DESC OFFSET 0) AS l CROSS JOIN LATERAL (${fits}) AS d
      ORDER BY l.post_id DESC LIMIT 3 * ${limit}) AS found
    ORDER BY post_id DESC LIMIT ${limit}`
}

/** A condition in SQL: is the post `p` in the library of an account? The same as `library`, without its bounds. */
export const isInLibrary = (account: string): string => `(p.author_id = ${account}
  OR EXISTS (SELECT FROM posts AS b WHERE b.author_id = ${account} AND ${exactly('b.boost_of_id', 'p.id')})
  OR EXISTS (SELECT FROM reactions AS r WHERE r.account_id = ${account} AND ${exactly('r.post_id', 'p.id')} AND length(r.emoji) = 0)
  OR EXISTS (SELECT FROM bookmarks AS k WHERE k.account_id = ${account} AND ${exactly('k.post_id', 'p.id')})
  OR EXISTS (SELECT FROM mentions AS m WHERE m.account_id = ${account} AND ${exactly('m.post_id', 'p.id')})
  OR EXISTS (SELECT FROM polls AS q JOIN votes AS v ON v.poll_id = q.id
    WHERE q.post_id = p.id AND v.account_id = ${account}))`

/** The ids of the library of an account, in no order. */
export const libraryIds = async (ctx: Pick<Ctx, 'tx'>, accountId: Id): Promise<Id[]> =>
  (await rows<{ post_id: Id }>(ctx, library('$1::bigint'), [accountId])).map((each) => each.post_id)
