import type { Ctx } from '#core/ctx'
import type { NotificationRequest } from '#core/notifications/request.queries'
import { accountsJsonById } from './account.ts'
import { statusesJson } from './status.ts'

/** Notification requests in the order given; the number of queries does not depend on how many there are. */
export async function notificationRequestsJson(ctx: Ctx, requests: readonly NotificationRequest[]) {
  const [accounts, posts] = await Promise.all([
    accountsJsonById(
      ctx,
      requests.map(({ fromId }) => fromId),
    ),
    statusesJson(ctx, [...new Set(requests.flatMap(({ lastPostId }) => lastPostId ?? []))]),
  ])
  const postById = new Map(posts.map((post) => [post.id, post]))
  return requests.flatMap((request) => {
    const account = accounts.get(request.fromId)
    if (!account) return []
    return [
      {
        id: request.id,
        created_at: request.createdAt.toISOString(),
        updated_at: request.updatedAt.toISOString(),
        notifications_count: String(request.count),
        account,
        last_status: postById.get(request.lastPostId ?? '') ?? null,
      },
    ]
  })
}
