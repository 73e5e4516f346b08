import { OauthCode } from '#core/auth/oauth-code.model'
import { OauthToken } from '#core/auth/oauth-token.model'
import { hashOf } from '#core/auth/find-token'
import { shiftClock } from '#platform/clock'
import { app, codeFor, exchange, proofKey } from '#test/factories/app'
import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { appClient, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

afterEach(() => shiftClock(0))

const own = (token: string) =>
  request('GET', '/api/v1/accounts/verify_credentials', undefined, {
    headers: { Authorization: `Bearer ${token}` },
  })

const alicesBrowser = async () => browserOf(await memberWithPassword('alice'))

test('OAUTH-22 a token comes with its type, its scopes and when it was made, and does not expire', async () => {
  const quill = await app()
  const { status, body, headers } = await exchange(
    quill,
    await codeFor(await alicesBrowser(), quill, { scope: 'read write:statuses' }),
  )
  expect(status).toBe(200)
  expectEntity('Token', body)
  expect(body.scope).toBe('read write:statuses')
  expect(body).not.toHaveProperty('expires_in')
  expect(Math.abs(body.created_at - Date.now() / 1000)).toBeLessThan(60)
  expect(headers.get('cache-control')).toBe('no-store')
  expect((await own(body.access_token)).body.username).toBe('alice')
})

test('only hashes of tokens and codes are kept (R-166)', async () => {
  const quill = await app()
  const code = await codeFor(await alicesBrowser(), quill)
  const { body } = await exchange(quill, code)
  const [token, kept] = [
    await OauthToken.findOne({ rejectOnEmpty: true }),
    await OauthCode.findOne({ rejectOnEmpty: true }),
  ]
  expect([token.tokenHash, kept.codeHash]).toEqual([hashOf(body.access_token), hashOf(code)])
})

test('OAUTH-18 the code alone is not enough: app, secret and redirect URI must be its own; scope is ignored', async () => {
  const browser = await alicesBrowser()
  const quill = await app({ redirect_uris: ['quill://back', 'quill://other'] })
  quill.redirect_uri = 'quill://back'
  const other = await app()
  const code = await codeFor(browser, quill)
  expect((await exchange({ ...other, redirect_uri: 'quill://back' }, code)).body.error).toBe('invalid_grant')
  const wrong = [{ redirect_uri: 'quill://other' }, { redirect_uri: undefined }, { redirect_uri: '' }]
  for (const more of wrong) {
    const { status, body } = await exchange(quill, code, more)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
    expectEntity('OAuthError', body)
  }
  expect((await exchange(quill, code, { scope: 'nonsense' })).status).toBe(200)
})

test('OAUTH-24 wrong credentials of an app give 401 invalid_client', async () => {
  const quill = await app()
  for (const more of [{ client_secret: 'wrong' }, { client_id: 'wrong' }, { client_secret: '' }]) {
    const { status, body } = await exchange(quill, 'code', more)
    expect([status, body.error]).toEqual([401, 'invalid_client'])
    expectEntity('OAuthError', body)
  }
})

test('TRIP-44 an app may prove itself by the header, by the body, or by both when they agree', async () => {
  const quill = await app()
  const basic = (id: string, secret: string) => ({
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
  })
  const ask = (body: object, extra = {}) =>
    request('POST', '/oauth/token', { grant_type: 'client_credentials', ...body }, extra)
  const { client_id, client_secret } = quill
  expect((await ask({}, basic(client_id, client_secret))).status).toBe(200)
  expect((await ask({ client_id, client_secret }, basic(client_id, client_secret))).status).toBe(200)
  expect((await ask({ client_id, client_secret: 'other' }, basic(client_id, client_secret))).status).toBe(401)
  expect((await ask({}, basic(client_id, 'other'))).status).toBe(401)
})

test('TRIP-45 OAUTH-27 forms, multipart and JSON are taken alike, also without a Content-Type', async () => {
  const { client_id, client_secret } = await app()
  const params = { grant_type: 'client_credentials', client_id, client_secret }
  const multipart = new FormData()
  for (const [name, value] of Object.entries(params)) multipart.set(name, value)
  const bodies = [params, new URLSearchParams(params), multipart, new URLSearchParams(params).toString()]
  for (const body of bodies) expect((await request('POST', '/oauth/token', body)).status).toBe(200)
})

test('OAUTH-19 a code works for ten minutes', async () => {
  const quill = await app()
  const browser = await alicesBrowser()
  const [soon, late] = [await codeFor(browser, quill), await codeFor(browser, quill)]
  shiftClock(590_000)
  expect((await exchange(quill, soon)).status).toBe(200)
  shiftClock(610_000)
  expect((await exchange(quill, late)).body.error).toBe('invalid_grant')
})

test('OAUTH2-CODE-REUSE a second use of a code gives nothing and ends what the first one gave', async () => {
  const quill = await app()
  const code = await codeFor(await alicesBrowser(), quill)
  const first = await exchange(quill, code)
  expect((await own(first.body.access_token)).status).toBe(200)
  const second = await exchange(quill, code)
  expect([second.status, second.body.error]).toEqual([400, 'invalid_grant'])
  expect((await own(first.body.access_token)).status).toBe(401)
})

test('OAUTH2-CODE-REUSE of two uses at the same time at most one gives a token', async () => {
  const quill = await app()
  const code = await codeFor(await alicesBrowser(), quill)
  const answers = await Promise.all(Array.from({ length: 6 }, () => exchange(quill, code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('OAUTH2-CODE-REUSE another app cannot use a code, nor end its token by trying', async () => {
  const [quill, thief] = [await app(), await app()]
  const code = await codeFor(await alicesBrowser(), quill)
  expect((await exchange(thief, code)).body.error).toBe('invalid_grant')
  const { body } = await exchange(quill, code)
  await exchange(thief, code)
  expect((await own(body.access_token)).status).toBe(200)
})

test('OAUTH-17 with a challenge only the right verifier gets the token', async () => {
  const quill = await app()
  const browser = await alicesBrowser()
  const { verifier, challenge } = proofKey()
  const asked = { code_challenge: challenge, code_challenge_method: 'S256' }
  const code = await codeFor(browser, quill, asked)
  for (const code_verifier of [undefined, '', challenge, proofKey().verifier, 'short'])
    expect((await exchange(quill, code, { code_verifier })).body.error).toBe('invalid_grant')
  expect((await exchange(quill, code, { code_verifier: verifier })).status).toBe(200)
})

test('OAUTH2-CODE-REUSE a verifier without a challenge is refused: somebody took the challenge out', async () => {
  const quill = await app()
  const code = await codeFor(await alicesBrowser(), quill)
  expect((await exchange(quill, code, { code_verifier: proofKey().verifier })).body.error).toBe(
    'invalid_grant',
  )
})

test('OAUTH-20 an app gets a token in its own name, for what is open to apps', async () => {
  const { client_id, client_secret } = await app({ scopes: 'read write' })
  const ask = (more = {}) =>
    request('POST', '/oauth/token', { grant_type: 'client_credentials', client_id, client_secret, ...more })
  const usual = await ask()
  expectEntity('Token', usual.body)
  expect(usual.body.scope).toBe('read')
  expect((await ask({ scope: 'read write:accounts', redirect_uri: 'quill://back' })).body.scope).toBe(
    'read write:accounts',
  )
  expect((await ask({ scope: 'push' })).body.error).toBe('invalid_scope')
  const app1 = { headers: { Authorization: `Bearer ${usual.body.access_token}` } }
  expect((await request('GET', '/api/v1/apps/verify_credentials', undefined, app1)).status).toBe(200)
  const { status, body } = await request('GET', '/api/v1/accounts/verify_credentials', undefined, app1)
  expect([status, body.error]).toEqual([422, 'This method requires an authenticated user'])
})

test('OAUTH-21 the password grant is gone, and unknown grants too', async () => {
  await memberWithPassword('alice')
  const { client_id, client_secret } = await app()
  for (const grant_type of ['password', 'refresh_token', 'implicit', 'constructor']) {
    const { status, body } = await request('POST', '/oauth/token', {
      grant_type,
      client_id,
      client_secret,
      username: 'alice',
      password: 'x',
    })
    expect([status, body.error]).toEqual([400, 'unsupported_grant_type'])
  }
  const { status, body } = await request('POST', '/oauth/token', { client_id, client_secret })
  expect([status, body.error]).toEqual([400, 'invalid_request'])
})

test('OAUTH-25 an app revokes its own token; an unknown one is fine, the token of another app is not', async () => {
  const [quill, other] = [await app(), await app()]
  const { body } = await exchange(quill, await codeFor(await alicesBrowser(), quill))
  const token = body.access_token
  const revoke = ({ client_id, client_secret }: typeof quill, more: object) =>
    request('POST', '/oauth/revoke', { client_id, client_secret, ...more })
  const foreign = await revoke(other, { token })
  expect([foreign.status, foreign.body.error]).toEqual([403, 'unauthorized_client'])
  expect((await revoke(quill, {})).status).toBe(403)
  expect((await own(token)).status).toBe(200)
  expect(await revoke(quill, { token })).toMatchObject({ status: 200, body: {} })
  expect(await revoke(quill, { token })).toMatchObject({ status: 200, body: {} })
  expect((await revoke(quill, { token: 'unknown' })).status).toBe(200)
  const refused = await own(token)
  expect([refused.status, refused.body.error]).toEqual([401, 'The access token was revoked'])
})

test('a code cannot be exchanged once the member has removed the app', async () => {
  const quill = await app()
  const browser = await alicesBrowser()
  await exchange(quill, await codeFor(browser, quill))
  const code = await codeFor(browser, quill)
  await browser.open('/settings/apps')
  await browser.send('/settings/apps/')
  expect((await exchange(quill, code)).body.error).toBe('invalid_grant')
})

test('CORS-05 the token endpoints are open to web apps of any origin, without credentials', async () => {
  for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/userinfo']) {
    const headers = { Origin: 'https://elk.example', 'Access-Control-Request-Headers': 'content-type' }
    const before = await request('OPTIONS', path, undefined, { headers })
    expect([before.status, before.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    const { headers: after } = await request('POST', path, {}, { headers })
    expect(after.get('access-control-allow-origin')).toBe('*')
    expect(after.get('access-control-allow-credentials')).toBeNull()
  }
})

test('threats 11 the token endpoint takes sixty calls in five minutes from one address', async () => {
  for (let at = 0; at < 60; at += 1) await request('POST', '/oauth/token', {})
  expect((await request('POST', '/oauth/token', {})).status).toBe(429)
})

test('CVE-2023-52139 an app token opens nothing that belongs to a member', async () => {
  const apps = appClient(['read', 'write', 'follow', 'push', 'profile', 'admin:read', 'admin:write'])
  for (const path of [
    '/api/v1/accounts/verify_credentials',
    '/api/v1/preferences',
    '/oauth/userinfo',
    '/api/v1/accounts/search?q=a',
  ])
    expect((await apps.get(path)).status).toBe(422)
})

test('OAUTH-27 a token tells what it is to whoever holds it, and to its own app alone', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const [quill, other] = [await app(), await app()]
  const { access_token: token } = (await exchange(quill, await codeFor(browser, quill))).body
  const headers = { Authorization: `Bearer ${token}` }
  expect((await request('GET', '/oauth/token/info', undefined, { headers })).body).toMatchObject({
    scope: ['read', 'write'],
    expires_in: null,
    application: { uid: quill.client_id },
  })
  expect((await request('GET', '/oauth/token/info')).status).toBe(401)
  const ask = ({ client_id, client_secret }: typeof quill) =>
    request('POST', '/oauth/introspect', { client_id, client_secret, token })
  expect((await ask(quill)).body).toMatchObject({ active: true, scope: 'read write', token_type: 'Bearer' })
  expect((await ask(other)).body).toEqual({ active: false })
  expect((await ask({ ...quill, client_secret: 'wrong' })).status).toBe(401)
  await request('POST', '/oauth/revoke', { ...quill, token })
  expect((await ask(quill)).body).toEqual({ active: false })
})
