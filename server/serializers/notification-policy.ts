import type { Ctx } from '#core/ctx'
import { actingId } from '#core/actor'
import { policyOf } from '#core/notifications/policy.queries'
import { pendingOf } from '#core/notifications/request.queries'

/** The policy of whoever acts, with what waits because of it. */
export async function notificationPolicyJson(ctx: Ctx) {
  const [policy, summary] = await both(ctx)
  return {
    for_not_following: policy.forNotFollowing,
    for_not_followers: policy.forNotFollowers,
    for_new_accounts: policy.forNewAccounts,
    for_private_mentions: policy.forPrivateMentions,
    for_limited_accounts: policy.forLimitedAccounts,
    for_bots: policy.forBots,
    summary,
  }
}

/** The same as the first version of the API knew it, where a part was on or off. */
export async function oldNotificationPolicyJson(ctx: Ctx) {
  const [policy, summary] = await both(ctx)
  return {
    filter_not_following: policy.forNotFollowing !== 'accept',
    filter_not_followers: policy.forNotFollowers !== 'accept',
    filter_new_accounts: policy.forNewAccounts !== 'accept',
    filter_private_mentions: policy.forPrivateMentions !== 'accept',
    filter_bots: policy.forBots !== 'accept',
    summary,
  }
}

async function both(ctx: Ctx) {
  const accountId = actingId(ctx)
  const [policy, pending] = await Promise.all([policyOf(ctx, accountId), pendingOf(ctx, accountId)])
  const { requests, notifications } = pending
  return [policy, { pending_requests_count: requests, pending_notifications_count: notifications }] as const
}
