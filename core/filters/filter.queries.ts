import type { Transaction } from 'sequelize'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { FilterAction, FilterContext } from './filter.model.ts'

type Asking = { tx?: Transaction | undefined }

export type KeywordCard = { id: Id; keyword: string; isWholeWord: boolean }
export type FilteredPostCard = { id: Id; postId: Id }

/** A filter with all that belongs to it, in the order in which it was added. */
export type FilterCard = {
  id: Id
  accountId: Id
  title: string
  contexts: FilterContext[]
  action: FilterAction
  expiresAt: Date | null
  keywords: KeywordCard[]
  posts: FilteredPostCard[]
}

const cards = `SELECT f.id, f.account_id AS "accountId", f.title, f.contexts, f.action, f.expires_at AS "expiresAt",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id::text, 'keyword', k.keyword,
      'isWholeWord', k.is_whole_word) ORDER BY k.id) FROM filter_keywords AS k WHERE k.filter_id = f.id), '[]') AS keywords,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id::text, 'postId', p.post_id::text) ORDER BY p.id)
      FROM filter_posts AS p WHERE p.filter_id = f.id), '[]') AS posts
  FROM filters AS f`

/** All filters of these members, also those that have expired (FILT-03), the oldest first. One query. */
export const filtersOf = (ctx: Asking, accountIds: readonly Id[]): Promise<FilterCard[]> =>
  rows<FilterCard>(ctx, `${cards} WHERE f.account_id = ANY ($1::bigint[]) ORDER BY f.id`, [accountIds])

/** One filter of a member, or undefined. */
export const filterOf = async (ctx: Asking, accountId: Id, id: Id): Promise<FilterCard | undefined> =>
  (await rows<FilterCard>(ctx, `${cards} WHERE f.id = $2 AND f.account_id = $1`, [accountId, id]))[0]

/** The filter of a member that holds this keyword, or undefined. */
export const filterOfKeyword = async (
  ctx: Asking,
  accountId: Id,
  keywordId: Id,
): Promise<FilterCard | undefined> =>
  (
    await rows<FilterCard>(
      ctx,
      `${cards} WHERE f.id = (SELECT k.filter_id FROM filter_keywords AS k WHERE k.id = $2) AND f.account_id = $1`,
      [accountId, keywordId],
    )
  )[0]

/** The filter of a member that holds this entry for a post, or undefined. */
export const filterOfPost = async (ctx: Asking, accountId: Id, id: Id): Promise<FilterCard | undefined> =>
  (
    await rows<FilterCard>(
      ctx,
      `${cards} WHERE f.id = (SELECT p.filter_id FROM filter_posts AS p WHERE p.id = $2) AND f.account_id = $1`,
      [accountId, id],
    )
  )[0]

/** How many keywords a member has in all filters together. */
export const countKeywords = async (ctx: Asking, accountId: Id): Promise<number> =>
  (
    await rows(
      ctx,
      'SELECT FROM filter_keywords AS k JOIN filters AS f ON f.id = k.filter_id WHERE f.account_id = $1',
      [accountId],
    )
  ).length
