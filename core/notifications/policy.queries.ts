import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Verdict } from './notification.policy.ts'

/** What becomes of notifications from six sorts of senders (NOTE-06). */
export type Policy = Record<
  | 'forNotFollowing'
  | 'forNotFollowers'
  | 'forNewAccounts'
  | 'forPrivateMentions'
  | 'forLimitedAccounts'
  | 'forBots',
  Verdict
>

/** A member's policy, that of everybody when they never chose. */
export async function policyOf(ctx: Pick<Ctx, 'tx'>, accountId: Id): Promise<Policy> {
  const found = await row<Policy>(
    ctx,
    `SELECT for_not_following AS "forNotFollowing", for_not_followers AS "forNotFollowers",
       for_new_accounts AS "forNewAccounts", for_private_mentions AS "forPrivateMentions",
       for_limited_accounts AS "forLimitedAccounts", for_bots AS "forBots"
     FROM notification_policies WHERE account_id = $1`,
    [accountId],
  )
  return found ?? usual
}

const usual: Policy = {
  forNotFollowing: 'accept',
  forNotFollowers: 'accept',
  forNewAccounts: 'accept',
  forPrivateMentions: 'filter',
  forLimitedAccounts: 'filter',
  forBots: 'accept',
}
