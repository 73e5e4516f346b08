import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** A page of the domains that a member blocks, the latest first; `id` is the cursor (PAGE-14). */
export async function blockedDomains(ctx: Pick<Ctx, 'tx'>, accountId: Id, cursors: Cursors) {
  const { where, order, values, newestFirst } = pageOf(cursors, 'd.id', 2)
  const sql = `SELECT d.id, d.domain FROM domain_blocks AS d WHERE d.account_id = $1 AND ${where} ${order}`
  return newestFirst(await rows<{ id: Id; domain: string }>(ctx, sql, [accountId, ...values]))
}

/** How many follows of a member lead to people of a domain, and how many come from there. */
export type DomainFollows = { following: number; followers: number }

const between = (mine: string, theirs: string): string =>
  `(SELECT count(*)::int FROM follows AS f WHERE f.${mine} = $1 AND f.state = 'accepted'
     AND (SELECT a.domain FROM accounts AS a WHERE a.id = f.${theirs}) = $2)`

/** What blocking a domain would cost the member. */
export const domainFollows = async (ctx: Pick<Ctx, 'tx'>, accountId: Id, domain: string) =>
  (await row<DomainFollows>(
    ctx,
    `SELECT ${between('follower_id', 'followed_id')} AS following, ${between('followed_id', 'follower_id')} AS followers`,
    [accountId, domain],
  )) ?? { following: 0, followers: 0 }
