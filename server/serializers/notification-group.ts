import type { Ctx } from '#core/ctx'
import type { Group } from '#core/notifications/group.queries'
import { kinds } from '#core/notifications/kinds'
import { type AccountJson, accountsJsonById } from './account.ts'
import { fallbackJson, type Known, reactionNotice } from './notification-words.ts'
import { statusesJson } from './status.ts'
import { loadSubjects } from './subjects.ts'

type Options = Known & {
  /** Only the first of each group in full, the others as pictures (NOTE-20). */
  isPartial?: boolean
  /** The groups are a page of a list, and say where they are in it. */
  isPage?: boolean
}

/**
 * Groups with the accounts and posts that they refer to, each once (NOTE-19). Those whose subject is gone are left out
 * (TRIP-01). The number of queries does not depend on how many there are.
 */
export async function groupsJson(ctx: Ctx, groups: readonly Group[], options: Options = {}) {
  const [accounts, statuses, subjectOf] = await Promise.all([
    accountsJsonById(
      ctx,
      groups.flatMap(({ accountIds }) => accountIds),
    ),
    statusesJson(ctx, [...new Set(groups.flatMap(({ postId }) => postId ?? []))]),
    loadSubjects(ctx, groups),
  ])
  const posts = new Set(statuses.map(({ id }) => id))
  const shown = groups.flatMap((group) => {
    const accountIds = group.accountIds.filter((id) => accounts.has(id))
    const subject = subjectOf(group)
    const { hasPost, hasSubject } = kinds.get(group.kind) ?? {}
    const isWhole = !(hasPost && !posts.has(group.postId ?? '')) && !(hasSubject && !subject)
    return isWhole && accountIds.length > 0 ? [groupJson({ ...group, accountIds }, subject, options)] : []
  })
  return { ...sorted(accounts, shown, options), statuses, notification_groups: shown }
}

// The ids of notifications are small: as numbers they lose nothing, and apps read this one as a number (TRIP-08).
const groupJson = (
  group: Group,
  subject: Record<string, object> | undefined,
  { isPage, ...known }: Options,
) => ({
  group_key: group.key,
  notifications_count: group.count,
  type: group.kind,
  most_recent_notification_id: Number(group.newestId),
  ...(isPage
    ? {
        page_min_id: group.pageMinId,
        page_max_id: group.pageMaxId,
        latest_page_notification_at: group.latestAt.toISOString(),
      }
    : {}),
  sample_account_ids: group.accountIds,
  ...(group.postId ? { status_id: group.postId } : {}),
  ...subject,
  ...fallbackJson(group.kind, known),
  ...reactionNotice(group.kind, subject, known),
})

function sorted(
  accounts: ReadonlyMap<string, AccountJson>,
  shown: readonly { sample_account_ids: string[] }[],
  { isPartial }: Options,
) {
  const first = new Set(shown.flatMap((group) => group.sample_account_ids.slice(0, 1)))
  const all = new Set(shown.flatMap((group) => group.sample_account_ids))
  const of = (ids: Iterable<string>) => [...ids].flatMap((id) => accounts.get(id) ?? [])
  if (!isPartial) return { accounts: of(all) }
  return { accounts: of(first), partial_accounts: of(all.difference(first)).map(partial) }
}

const partial = (json: AccountJson) => ({
  id: json.id,
  acct: json.acct,
  locked: json.locked,
  bot: json.bot,
  url: json.url,
  avatar: json.avatar,
  avatar_static: json.avatar_static,
  avatar_description: json.avatar_description,
})
