import { groupScopes, scopeSentence } from '#server/pages/scope-words'

test('a granted parent is said once, without its children', () => {
  const [group, ...others] = groupScopes(['read', 'read:accounts', 'read:statuses'])
  expect(group).toMatchObject({ group: 'read', sentences: [scopeSentence('read')] })
  expect(others).toEqual([])
})

test('scopes are sorted into seeing, changing, notifying and governing', () => {
  const groups = groupScopes(['push', 'admin:write:reports', 'follow', 'write:media', 'profile'])
  expect(groups.map(({ group, sentences }) => [group, sentences.length])).toEqual([
    ['read', 1],
    ['write', 2],
    ['notify', 1],
    ['admin', 1],
  ])
})

const children = {
  read: 'accounts blocks bookmarks collections favourites filters follows lists mutes notifications search statuses',
  write:
    'accounts blocks bookmarks collections conversations favourites filters follows lists media mutes notifications reports statuses',
  'admin:read':
    'accounts reports domain_allows domain_blocks ip_blocks email_domain_blocks canonical_email_blocks',
  'admin:write':
    'accounts reports domain_allows domain_blocks ip_blocks email_domain_blocks canonical_email_blocks',
}

test('OAUTH-06 every scope of the tree is said in plain words', () => {
  const below = Object.entries(children).flatMap(([parent, names]) =>
    names.split(' ').map((name) => `${parent}:${name}`),
  )
  const all = [...Object.keys(children), ...below, 'follow', 'push', 'profile']
  expect(all.filter((scope) => scopeSentence(scope) === scope)).toEqual([])
})
