import { OauthApp } from '#core/auth/oauth-app.model'
import { app } from '#test/factories/app'
import { client, makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { member } from '#test/factories/account'

const draft = { client_name: 'Quill', redirect_uris: 'quill://back', scopes: 'read write follow push' }
const register = (more: object = {}) => client().post('/api/v1/apps', { ...draft, ...more })

test('OAUTH-01 an app registers without a token, and twice gives two apps', async () => {
  const [one, two] = [await register({ website: 'https://quill.example' }), await register()]
  for (const { status, body } of [one, two]) {
    expect(status).toBe(200)
    expectEntity('CredentialApplication', body)
  }
  expect(one.body.client_id).not.toBe(two.body.client_id)
  expect(one.body.website).toBe('https://quill.example')
  expect(await OauthApp.count()).toBe(2)
})

test('OAUTH-01 the secret is told once and kept as a hash', async () => {
  const { body } = await register()
  const row = await OauthApp.findOne({ rejectOnEmpty: true })
  expect(JSON.stringify(row.toJSON())).not.toContain(body.client_secret)
})

test('OAUTH-02 redirect URIs come as one, line by line or as a list, and go back in both forms', async () => {
  const both = ['quill://back', 'urn:ietf:wg:oauth:2.0:oob']
  for (const redirect_uris of [both, both.join('\n'), both.join('\r\n')]) {
    const { body } = await register({ redirect_uris })
    expect(body).toMatchObject({ redirect_uris: both, redirect_uri: both.join('\n') })
  }
})

test('OAUTH-03 any scheme will do, except those that would run in a page', async () => {
  const fine = [
    'myapp://oauth',
    'com.tapbots.Ivory.10217:/request_token',
    'http://localhost:1234',
    'urn:ietf:wg:oauth:2.0:oob',
    'https://app.example/back?x=1',
  ]
  expect((await register({ redirect_uris: fine })).status).toBe(200)
  const bad = [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'back',
    '/back',
    '//x',
    'https://',
    'https://app.example/#x',
    'https://a@app.example/',
  ]
  for (const redirect_uri of bad) {
    const made = await OauthApp.count()
    const { status } = await request(
      'POST',
      '/api/v1/apps',
      { ...draft, redirect_uris: redirect_uri },
      { headers: { 'X-Forwarded-For': `10.0.0.${bad.indexOf(redirect_uri)}` } },
    )
    expect([redirect_uri, status]).toEqual([redirect_uri, 422])
    expect(await OauthApp.count()).toBe(made)
  }
})

test('OAUTH-05 without scopes an app may read, an unknown scope is refused', async () => {
  expect((await register({ scopes: undefined })).body.scopes).toEqual(['read'])
  expect((await register({ scopes: ['read', 'write:media'] })).body.scopes).toEqual(['read', 'write:media'])
  expect((await register({ scopes: 'read read' })).body.scopes).toEqual(['read'])
  const { status, body } = await register({ scopes: 'read fly' })
  expect(status).toBe(422)
  expectEntity('Error', body)
})

test('TRIP-64 the deprecated scope follow is taken', async () => {
  expect((await register({ scopes: 'read write follow push' })).body.scopes).toContain('follow')
})

test('TRIP-13 HTTP-03 an app registers with query parameters and no body at all', async () => {
  const query = new URLSearchParams(draft)
  const { status, body } = await request('POST', `/api/v1/apps?${query}`)
  expect([status, body.name]).toEqual([200, 'Quill'])
})

test('a name that is blank or too long, no redirect URI, or a website that is none is refused', async () => {
  for (const more of [
    { client_name: ' ' },
    { client_name: 'x'.repeat(61) },
    { redirect_uris: '' },
    { website: 'quill.example' },
  ]) {
    const { status, body } = await register(more)
    expect(status).toBe(422)
    expectEntity('Error', body)
  }
})

test('RATE-04 an address registers five apps in ten minutes, then no more', async () => {
  for (let at = 0; at < 5; at += 1) expect((await register()).status).toBe(200)
  const { status, body } = await register()
  expect([status, body]).toEqual([429, { error: 'Too many requests' }])
})

test('OAUTH-30 any token tells which app it is, and never how the app proves itself', async () => {
  const quill = await app()
  const alice = await member('alice')
  for (const token of [await makeToken(['push'], alice), await makeToken(['read'])]) {
    const headers = { Authorization: `Bearer ${token}` }
    const { status, body } = await request('GET', '/api/v1/apps/verify_credentials', undefined, { headers })
    expect(status).toBe(200)
    expectEntity('Application', body)
    expect(JSON.stringify(body)).not.toMatch(/client_(id|secret)/)
  }
  expect((await client().get('/api/v1/apps/verify_credentials')).status).toBe(401)
  expect(quill.client_id).toBeTruthy()
})
