import type { Ctx } from '#core/ctx'
import { kinds } from '#core/notifications/kinds'
import type { Told } from '#core/notifications/notification.queries'
import { accountsJsonById } from './account.ts'
import { statusesJson } from './status.ts'
import { fallbackJson, type Known, reactionNotice } from './notification-words.ts'
import { loadSubjects } from './subjects.ts'

/**
 * Notifications in the order given. Those whose account or subject is gone meanwhile are left out, as apps cannot read
 * them without (TRIP-01). The number of queries does not depend on how many
 * there are.
 */
export async function notificationsJson(ctx: Ctx, told: readonly Told[], known: Known = {}) {
  const [accounts, posts, subjectOf] = await Promise.all([
    accountsJsonById(
      ctx,
      told.map(({ fromId }) => fromId),
    ),
    statusesJson(ctx, [...new Set(told.flatMap(({ postId }) => postId ?? []))]),
    loadSubjects(ctx, told),
  ])
  const postById = new Map(posts.map((post) => [post.id, post]))
  return told.flatMap((each) => {
    const account = accounts.get(each.fromId)
    const status = each.postId ? postById.get(each.postId) : undefined
    const subject = subjectOf(each)
    const { hasPost, hasSubject } = kinds.get(each.kind) ?? {}
    if (!account || (hasPost && !status) || (hasSubject && !subject)) return []
    return [
      {
        id: each.id,
        type: each.kind,
        created_at: each.createdAt.toISOString(),
        group_key: each.groupKey ?? `ungrouped-${each.id}`,
        account,
        ...(status ? { status } : {}),
        ...subject,
        ...(each.isFiltered ? { filtered: true } : {}),
        ...fallbackJson(each.kind, known),
        ...reactionNotice(each.kind, subject, known),
      },
    ]
  })
}
