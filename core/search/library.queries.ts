import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

const MOST = 20_000

const latest = (what: string): string => `(${what} ORDER BY id DESC LIMIT ${MOST})`

/**
 * The posts that an account (an expression in SQL) has to do with: own, boosted, favourited, bookmarked, naming them, and
 * those whose polls they voted in (SRCH-04). The latest 20,000 of each.
 */
export const library = (account: string): string => `
  SELECT id AS post_id FROM ${latest(`SELECT id FROM posts WHERE author_id = ${account} AND boost_of_id IS NULL`)} AS own
  UNION SELECT boost_of_id FROM ${latest(
    `SELECT id, boost_of_id FROM posts WHERE author_id = ${account} AND boost_of_id IS NOT NULL`,
  )} AS boosted
  UNION SELECT post_id FROM ${latest(
    `SELECT id, post_id FROM reactions WHERE account_id = ${account} AND emoji = ''`,
  )} AS liked
  UNION SELECT post_id FROM ${latest(`SELECT id, post_id FROM bookmarks WHERE account_id = ${account}`)} AS kept
  UNION SELECT post_id FROM (SELECT post_id FROM mentions WHERE account_id = ${account}
    ORDER BY post_id DESC LIMIT ${MOST}) AS named
  UNION SELECT q.post_id FROM ${latest(`SELECT id, poll_id FROM votes WHERE account_id = ${account}`)} AS v
    JOIN polls AS q ON q.id = v.poll_id`

/** A condition in SQL: is the post `p` in the library of an account? The same as `library`, without its bounds. */
export const isInLibrary = (account: string): string => `(p.author_id = ${account}
  OR EXISTS (SELECT FROM posts AS b WHERE b.author_id = ${account} AND b.boost_of_id = p.id)
  OR EXISTS (SELECT FROM reactions AS r WHERE r.account_id = ${account} AND r.post_id = p.id AND r.emoji = '')
  OR EXISTS (SELECT FROM bookmarks AS k WHERE k.account_id = ${account} AND k.post_id = p.id)
  OR EXISTS (SELECT FROM mentions AS m WHERE m.account_id = ${account} AND m.post_id = p.id)
  OR EXISTS (SELECT FROM polls AS q JOIN votes AS v ON v.poll_id = q.id
    WHERE q.post_id = p.id AND v.account_id = ${account}))`

/** The ids of the library of an account, in no order. */
export const libraryIds = async (ctx: Pick<Ctx, 'tx'>, accountId: Id): Promise<Id[]> =>
  (await rows<{ post_id: Id }>(ctx, library('$1::bigint'), [accountId])).map((each) => each.post_id)
