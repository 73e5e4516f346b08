import type { Role } from '../actor.ts'

const things = {
  read: 'accounts blocks bookmarks collections favourites filters follows lists mutes notifications search statuses',
  write:
    'accounts blocks bookmarks collections conversations favourites filters follows lists media mutes notifications reports statuses',
  'admin:read':
    'accounts reports domain_allows domain_blocks ip_blocks email_domain_blocks canonical_email_blocks',
  'admin:write':
    'accounts reports domain_allows domain_blocks ip_blocks email_domain_blocks canonical_email_blocks',
}

const children = Object.entries(things).flatMap(([parent, names]) =>
  names.split(' ').map((name) => `${parent}:${name}`),
)

/** `follow` is the deprecated parent of these (OAUTH-06, TRIP-64). */
const follow = new Set([
  'read:blocks',
  'write:blocks',
  'read:follows',
  'write:follows',
  'read:mutes',
  'write:mutes',
])

/** Every scope that an app may ask for, parents first (OAUTH-06 to OAUTH-10). */
export const allScopes: readonly string[] = [...Object.keys(things), 'follow', 'push', 'profile', ...children]

const known = new Set(allScopes)
export const isScope = (text: string): boolean => known.has(text)

/** Does holding `held` allow what needs `needed`? A parent grants all of its children. */
export const grants = (held: readonly string[], needed: string): boolean =>
  held.some(
    (scope) =>
      scope === needed || needed.startsWith(`${scope}:`) || (scope === 'follow' && follow.has(needed)),
  )

/** Does holding `held` allow one of `needed`? An empty list needs nothing in particular. */
export const grantsAny = (held: readonly string[], needed: readonly string[]): boolean =>
  needed.length === 0 || needed.some((each) => grants(held, each))

/** Reads scopes as apps write them: separated by spaces, plus signs or commas, or as a list; each once. */
export const parseScopes = (given: string | readonly string[] = ''): string[] => [
  ...new Set(
    (Array.isArray(given) ? given : [given]).flatMap((text: string) => text.split(/[\s+,]+/)).filter(Boolean),
  ),
]

/** What is left of the scopes asked for when a member of this role allows them: staff scopes are for staff. */
export const scopesFor = (role: Role, scopes: readonly string[]): string[] =>
  scopes.filter((scope) => role !== 'user' || !scope.startsWith('admin:'))
