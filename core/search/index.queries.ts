import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'

export type IndexFigures = { posts: number; indexed: number; isWhole: boolean }

/** How many posts there are without boosts, how many of them the index knows, and whether it has been built to the end. */
export async function countPosts(ctx: Pick<Ctx, 'tx'>): Promise<IndexFigures> {
  const found = await row<IndexFigures>(
    ctx,
    `SELECT (SELECT count(*)::int FROM posts WHERE boost_of_id IS NULL) AS posts,
       (SELECT count(*)::int FROM post_documents) AS indexed,
       NOT EXISTS (SELECT FROM search_builds WHERE next_id IS NOT NULL) AS "isWhole"`,
  )
  return found ?? { posts: 0, indexed: 0, isWhole: false }
}
