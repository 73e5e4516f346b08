import { now } from '#platform/clock'
import { cast, member, stranger } from '#test/factories/account'
import { appClient, client, makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

test('OAUTH-10 ACCT-01 the own account carries texts as typed and posting defaults, for read and for profile alone', async () => {
  const { alice } = await cast('alice')
  for (const scopes of [['read'], ['read:accounts'], ['profile']]) {
    const { status, body, headers } = await client(alice, scopes).get('/api/v1/accounts/verify_credentials')
    expect(status).toBe(200)
    expectEntity('CredentialAccount', body)
    expect(headers.get('cache-control')).toBe('private, no-store')
  }
  expect((await client(alice, ['write']).get('/api/v1/accounts/verify_credentials')).status).toBe(403)
  expect((await client(alice, ['profile']).get('/api/v1/preferences')).status).toBe(403)
})

test('ACCT-12 lookup finds members and stored accounts by handle, for everybody', async () => {
  const { alice } = await cast('alice')
  const bob = await stranger('bob', 'far.example')
  const found = async (acct: string) => (await client().get(`/api/v1/accounts/lookup?acct=${acct}`)).body.id
  expect(await found('ALICE')).toBe(alice.account.id)
  expect(await found('alice@localhost:3000')).toBe(alice.account.id)
  expect(await found('bob@Far.example')).toBe(bob.id)
})

test('ACCT-13 what is not stored is not found', async () => {
  for (const query of ['?acct=carol@far.example', '?acct=', '', '?acct=%00'])
    expect((await client().get(`/api/v1/accounts/lookup${query}`)).status).toBe(404)
})

test('ACCT-08 the profile of a suspended account is there, emptied', async () => {
  const { account } = await member('mallory', { account: { suspendedAt: now(), noteHtml: '<p>x</p>' } })
  const { status, body } = await client().get(`/api/v1/accounts/${account.id}`)
  expect(status).toBe(200)
  expectEntity('Account', body)
  expect(body).toMatchObject({ suspended: true, note: '' })
})

test('ACCT-16 accounts that are not confirmed or approved are not found', async () => {
  const waiting = await member('waiting', { user: { approvedAt: null } })
  expect((await client().get(`/api/v1/accounts/${waiting.account.id}`)).status).toBe(404)
  expect((await client().get(`/api/v1/accounts?id[]=${waiting.account.id}`)).body).toEqual([])
})

test('ID-05 an id that is not well formed is not found', async () => {
  for (const id of [
    'abc',
    '0',
    '-1',
    '1e3',
    '99999999999999999999',
    '9223372036854775808',
    '1%00',
    'lookup%2F',
  ])
    expect((await client().get(`/api/v1/accounts/${id}`)).status).toBe(404)
})

test('ACCT-15 several accounts at once, up to forty; unknown ones are left out', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [a, b] = [alice.account.id, bob.account.id]
  const { body } = await client().get(`/api/v1/accounts?id[]=${a}&id[]=${b}&id[]=1&id[]=x`)
  expectEntity('Array<Account>', body)
  expect(body.map(({ acct }: { acct: string }) => acct).toSorted()).toEqual(['alice', 'bob'])
  const many = Array.from({ length: 41 }, (_, at) => `id[]=${at + 1}`).join('&')
  expect((await client().get(`/api/v1/accounts?${many}`)).status).toBe(422)
})

test('ACCT-14 searching accounts needs a member, and finds by parts of names', async () => {
  const { alice } = await cast('alice', 'bob', 'bobby')
  const { status, body, headers } = await client(alice).get('/api/v1/accounts/search?q=bob&limit=1')
  expect(status).toBe(200)
  expectEntity('Array<Account>', body)
  expect(body.map(({ acct }: { acct: string }) => acct)).toEqual(['bob'])
  expect(headers.get('link')).toBeNull()
  expect((await client(alice).get('/api/v1/accounts/search?q=')).body).toEqual([])
  expect((await client().get('/api/v1/accounts/search?q=bob')).status).toBe(401)
  expect((await appClient().get('/api/v1/accounts/search?q=bob')).status).toBe(422)
})

test('ACCT-40 preferences mirror the settings of the member', async () => {
  const alice = await member('alice', { user: { defaultVisibility: 'private', defaultLanguage: 'de' } })
  const { body } = await client(alice).get('/api/v1/preferences')
  expectEntity('Preferences', body)
  expect(body).toMatchObject({ 'posting:default:visibility': 'private', 'posting:default:language': 'de' })
})

test('OAUTH-29 who somebody is, for apps with the profile scope and no wider one', async () => {
  const { alice } = await cast('alice')
  for (const method of ['get', 'post'] as const) {
    const { status, body } = await client(alice, ['profile'])[method]('/oauth/userinfo')
    expect(status).toBe(200)
    expectEntity('OAuthUserinfo', body)
    expect(body).toMatchObject({ preferred_username: 'alice', iss: 'http://localhost:3000/' })
    expect((await client(alice, ['read'])[method]('/oauth/userinfo')).status).toBe(403)
  }
})

test('OAUTH-28 the server describes itself: endpoints, scopes, S256', async () => {
  const { body, headers } = await client().get('/.well-known/oauth-authorization-server', {
    headers: { Origin: 'https://x.example' },
  })
  expectEntity('OAuthServerMetadata', body)
  expect(body).toMatchObject({ issuer: 'http://localhost:3000/', code_challenge_methods_supported: ['S256'] })
  expect(headers.get('access-control-allow-origin')).toBe('*')
})

test('GHSA-gwhw-gcjx-72v8 an account that never was, that is gone and that is hidden answer alike', async () => {
  const { alice } = await cast('alice')
  const gone = await stranger('gone', 'far.example', { goneAt: now() })
  const hidden = await member('hidden', { user: { confirmedAt: null } })
  const token = await makeToken(['read'], alice)
  const answers = []
  for (const id of [gone.id, hidden.account.id, '123456789']) {
    const { status, body, headers } = await request('GET', `/api/v1/accounts/${id}`, undefined, {
      headers: { Authorization: `Bearer ${token}` },
    })
    answers.push([status, body, [...headers.keys()].toSorted()])
  }
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
  expect(answers[0]![1]).toEqual({ error: 'Record not found' })
})
