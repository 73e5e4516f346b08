import type { Ctx } from '#core/ctx'
import type { Familiar } from '#core/relationships/familiar.queries'
import { accountsJsonById } from './account.ts'

/** Whom accounts and the caller know in common, in the order given. Two queries at most, however many (ACCT-33). */
export async function familiarFollowersJson(ctx: Ctx, found: readonly Familiar[]) {
  const accounts = await accountsJsonById(
    ctx,
    found.flatMap(({ followerIds }) => followerIds),
  )
  return found.map(({ id, followerIds }) => ({
    id,
    accounts: followerIds.flatMap((followerId) => accounts.get(followerId) ?? []),
  }))
}
