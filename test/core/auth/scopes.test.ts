import { grants, grantsAny, isScope, parseScopes, scopesFor } from '#core/auth/scopes'
import { endpoints } from '#test/support/contract'

test('OAUTH-06 a parent grants all of its children and nothing else', () => {
  expect(grants(['read'], 'read:statuses')).toBe(true)
  expect(grants(['read:statuses'], 'read')).toBe(false)
  expect(grants(['read'], 'write:statuses')).toBe(false)
  expect(grants(['read'], 'admin:read')).toBe(false)
  expect(grants(['admin:read'], 'admin:read:accounts')).toBe(true)
  expect(grants(['write'], 'admin:write:accounts')).toBe(false)
  expect(grants(['read'], 'readable')).toBe(false)
})

test('OAUTH-06 follow stands for reading and writing follows, blocks and mutes', () => {
  for (const child of [
    'read:follows',
    'write:follows',
    'read:blocks',
    'write:blocks',
    'read:mutes',
    'write:mutes',
  ])
    expect(grants(['follow'], child)).toBe(true)
  expect(grants(['follow'], 'write:statuses')).toBe(false)
})

test('OAUTH-10 profile is of its own kind', () => {
  expect(grants(['read'], 'profile')).toBe(false)
  expect(grants(['profile'], 'read:accounts')).toBe(false)
  expect(grantsAny(['profile'], ['profile', 'read:accounts'])).toBe(true)
})

test('OAUTH-08 OAUTH-09 OAUTH-07 every scope that an endpoint asks for is known', () => {
  for (const scope of endpoints.flatMap(({ scopes }) => scopes))
    expect([scope, isScope(scope)]).toEqual([scope, true])
})

test('scopes are read with spaces, plus signs or commas, each once', () => {
  expect(parseScopes('read write+push,read')).toEqual(['read', 'write', 'push'])
  expect(parseScopes(['read', 'write push'])).toEqual(['read', 'write', 'push'])
  expect(parseScopes('')).toEqual([])
})

test('CVE-2023-52139 staff scopes are for staff', () => {
  expect(scopesFor('user', ['read', 'admin:read'])).toEqual(['read'])
  expect(scopesFor('moderator', ['read', 'admin:read'])).toEqual(['read', 'admin:read'])
})
