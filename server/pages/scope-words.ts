import { words } from '#server/pages/words'

/** What a consent page and the list of apps say about one permission. */
type ScopeGroup = 'read' | 'write' | 'notify' | 'admin'

const sentences: Record<string, string> = {
  profile: 'Your name, handle and profile picture, nothing else',
  read: 'Everything in your account, private posts and messages included',
  'read:accounts': 'Accounts, and your own profile and email state',
  'read:blocks': 'Whom you block',
  'read:bookmarks': 'Your bookmarks',
  'read:collections': 'Your collections',
  'read:favourites': 'Your favourites',
  'read:filters': 'Your filters',
  'read:follows': 'Whom you follow and who follows you',
  'read:lists': 'Your lists',
  'read:mutes': 'Whom you mute',
  'read:notifications': 'Your notifications',
  'read:search': 'Search in your name',
  'read:statuses': 'All posts that you can see, private ones included',
  write: 'Everything in your account: post, edit, delete and change your profile in your name',
  'write:accounts': 'Your profile',
  'write:blocks': 'Block accounts and domains',
  'write:bookmarks': 'Bookmark posts',
  'write:collections': 'Your collections',
  'write:conversations': 'Mark conversations as read, mute and remove them',
  'write:favourites': 'Mark posts as favourites',
  'write:filters': 'Your filters',
  'write:follows': 'Follow and unfollow people',
  'write:lists': 'Your lists',
  'write:media': 'Upload pictures, videos and sound',
  'write:mutes': 'Mute people and conversations',
  'write:notifications': 'Clear your notifications',
  'write:reports': 'Report posts and people',
  'write:statuses': 'Write, edit, delete and boost posts in your name',
  follow: 'Whom you follow, block and mute',
  push: 'Send notifications to your device',
  'admin:read': 'Everything moderators can see',
  'admin:write': 'Everything moderators can do',
  'admin:read:accounts': 'Details of all accounts',
  'admin:write:accounts': 'Take action against accounts',
  'admin:read:reports': 'All reports',
  'admin:write:reports': 'Handle reports',
  'admin:read:domain_allows': 'Allowed servers',
  'admin:write:domain_allows': 'Change allowed servers',
  'admin:read:domain_blocks': 'Blocked servers',
  'admin:write:domain_blocks': 'Change blocked servers',
  'admin:read:ip_blocks': 'Blocked network addresses',
  'admin:write:ip_blocks': 'Change blocked network addresses',
  'admin:read:email_domain_blocks': 'Blocked mail providers',
  'admin:write:email_domain_blocks': 'Change blocked mail providers',
  'admin:read:canonical_email_blocks': 'Blocked mail addresses',
  'admin:write:canonical_email_blocks': 'Change blocked mail addresses',
}

/** Says in plain words what a scope allows; an unknown one is named as it is. */
export const scopeSentence = (scope: string): string => sentences[scope] ?? scope

function groupOf(scope: string): ScopeGroup {
  if (scope.startsWith('admin:')) return 'admin'
  if (scope === 'push') return 'notify'
  return scope === 'follow' || scope.startsWith('write') ? 'write' : 'read'
}

const headings: Record<ScopeGroup, string> = {
  read: words.consent.read,
  write: words.consent.write,
  notify: words.consent.notify,
  admin: words.consent.admin,
}

/** Sorts scopes into what an app may see, change, notify of and govern; children of a granted parent are left out. */
export function groupScopes(
  scopes: readonly string[],
): { group: ScopeGroup; heading: string; sentences: string[] }[] {
  const covered = (scope: string) =>
    scopes.some((parent) => parent !== scope && scope.startsWith(`${parent}:`))
  const kept = [...new Set(scopes)].filter((scope) => !covered(scope))
  return (['read', 'write', 'notify', 'admin'] as const)
    .map((group) => ({
      group,
      heading: headings[group],
      sentences: kept.filter((scope) => groupOf(scope) === group).map(scopeSentence),
    }))
    .filter(({ sentences }) => sentences.length > 0)
}
