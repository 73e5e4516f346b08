import type { Talk } from '#core/notifications/conversation.queries'
import type { Ctx } from '#core/ctx'
import { accountsJsonById } from './account.ts'
import { statusesJson } from './status.ts'

/** Conversations in the order given. The number of queries does not depend on how many there are. */
export async function conversationsJson(ctx: Ctx, talks: readonly Talk[]) {
  const [accounts, posts] = await Promise.all([
    accountsJsonById(
      ctx,
      talks.flatMap(({ participantIds }) => participantIds),
    ),
    statusesJson(
      ctx,
      talks.map(({ lastPostId }) => lastPostId),
    ),
  ])
  const byId = new Map(posts.map((post) => [post.id, post]))
  return talks.map(({ id, participantIds, lastPostId, isUnread }) => ({
    id,
    unread: isUnread,
    accounts: participantIds.flatMap((each) => accounts.get(each) ?? []),
    last_status: byId.get(lastPostId) ?? null,
  }))
}
