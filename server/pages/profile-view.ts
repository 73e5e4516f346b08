import { instance } from '#config/instance'
import { emojiViews, pictureOrNone } from '#server/pages/entity-views'
import type { ProfileView } from '#server/pages/views/profile'
import type { AccountJson } from '#server/serializers/account'

/** Shows a member of this instance; the lists of posts come from elsewhere. */
export function profileView(account: AccountJson): Omit<ProfileView, 'tab' | 'posts' | 'pager'> {
  const hides = account.hide_collections
  return {
    username: account.username,
    displayName: account.display_name,
    handle: `@${account.username}@${instance.domain}`,
    avatarUrl: pictureOrNone(account.avatar),
    headerUrl: pictureOrNone(account.header),
    note: account.note,
    fields: account.fields.map(({ name, value, verified_at }) => ({
      name,
      value,
      verified: verified_at !== null,
    })),
    emojis: emojiViews(account.emojis),
    isBot: account.bot,
    isLocked: account.locked,
    isGroup: account.group,
    isMemorial: account.memorial === true,
    movedTo: account.moved ? { handle: `@${account.moved.acct}`, url: account.moved.url } : null,
    createdAt: account.created_at,
    counts: {
      posts: account.statuses_count,
      followers: hides ? null : account.followers_count,
      following: hides ? null : account.following_count,
    },
    activityId: account.uri,
    noindex: account.noindex === true,
  }
}
