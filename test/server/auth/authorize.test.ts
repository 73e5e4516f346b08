import { OauthApp } from '#core/auth/oauth-app.model'
import { instance } from '#config/instance'
import { answerOf, app, authorizePath, codeFor, exchange } from '#test/factories/app'
import { browserOf, memberWithPassword, password } from '#test/factories/log-in'
import { Browser } from '#test/support/plain-browser'

test('OAUTH-11 a visitor logs in first and comes back to the same question', async () => {
  await memberWithPassword('alice')
  const quill = await app()
  const browser = new Browser()
  const logIn = await browser.open(authorizePath(quill, { state: 'x y&z' }))
  expect(logIn.url).toMatch(/^\/log-in\?next=/)
  expect(logIn.$('h1').text()).toContain('Quill')
  const consent = await browser.send('/log-in', { identifier: 'alice', password })
  expect(consent.url).toBe(authorizePath(quill, { state: 'x y&z' }))
  expect(consent.$('h1').text()).toContain('Quill')
  const back = await browser.send('/oauth/authorize', { decision: 'approve' })
  expect(answerOf(back).get('state')).toBe('x y&z')
})

test('OAUTH-11 the question names the app, its website and what it may do', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app({ website: 'https://quill.example/' })
  const page = await browser.open(authorizePath(quill, { scope: 'read:statuses push' }))
  expect(page.$('a[href="https://quill.example/"]').text()).toBe('quill.example')
  expect(page.text).toContain('All posts that you can see')
  expect(page.headers.get('content-security-policy')).toContain('form-action')
  expect(page.headers.get('content-security-policy')).toContain('quill:')
  expect(page.headers.get('x-frame-options')).toBe('DENY')
})

test('OAUTH-12 approving leads to the redirect URI with a code and the unchanged state, and says who answers', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app({ redirect_uris: 'https://quill.example/back?keep=1' })
  await browser.open(authorizePath(quill, { state: 'a+b c%20/?' }))
  const back = await browser.send('/oauth/authorize', { decision: 'approve' })
  expect(back.status).toBe(302)
  const url = new URL(back.headers.get('location')!)
  expect(url.origin + url.pathname).toBe('https://quill.example/back')
  expect(url.searchParams.get('keep')).toBe('1')
  expect(url.searchParams.get('state')).toBe('a+b c%20/?')
  expect(url.searchParams.get('iss')).toBe(`${instance.origin}/`)
  expect((await exchange(quill, url.searchParams.get('code')!)).status).toBe(200)
})

test('OAUTH-13 refusing tells the app so, with its state', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  await browser.open(authorizePath(quill, { state: 's' }))
  const answer = answerOf(await browser.send('/oauth/authorize', { decision: 'deny' }))
  expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 's' })
  expect(answer.get('error_description')).not.toBeNull()
  expect(answer.has('code')).toBe(false)
})

test('OAUTH-14 an app without an address gets its code by copying, which only that member sees', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const oob = await app({ redirect_uris: 'urn:ietf:wg:oauth:2.0:oob' })
  await browser.open(authorizePath(oob))
  const page = await browser.send('/oauth/authorize', { decision: 'approve' })
  expect(page.url).toMatch(/^\/oauth\/authorize\/native\?code=/)
  const code = page.$('#code').text().trim()
  expect(page.url).toContain(code)
  const other = await browserOf(await memberWithPassword('bob'))
  expect((await other.open(page.url)).status).toBe(404)
  expect((await exchange(oob, code)).status).toBe(200)
})

test('OAUTH-15 who allowed the same before is not asked again, unless more is wanted or force_login says so', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  await exchange(quill, await codeFor(browser, quill, { scope: 'read write' }))
  const again = await browser.open(authorizePath(quill, { scope: 'read' }))
  expect([again.status, answerOf(again).has('code')]).toEqual([302, true])
  expect((await browser.open(authorizePath(quill, { scope: 'read write push' }))).status).toBe(200)
  expect((await browser.open(authorizePath(quill, { force_login: 'true' }))).status).toBe(200)
  const other = await app()
  expect((await browser.open(authorizePath(other, { scope: 'read' }))).status).toBe(200)
})

test('OAUTH-16 the answer can come in the query, the fragment or a form', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app({ redirect_uris: 'https://quill.example/back' })
  await browser.open(authorizePath(quill, { response_mode: 'fragment', force_login: 'true', state: 's' }))
  const inFragment = await browser.send('/oauth/authorize', { decision: 'approve' })
  const url = new URL(inFragment.headers.get('location')!)
  expect(url.search).toBe('')
  expect(new URLSearchParams(url.hash.slice(1)).get('state')).toBe('s')
  await browser.open(authorizePath(quill, { response_mode: 'form_post', force_login: 'true', state: 's' }))
  const form = (await browser.send('/oauth/authorize', { decision: 'approve' })).$(
    'form[action="https://quill.example/back"]',
  )
  expect(form.attr('method')).toBe('post')
  expect(form.find('input[name=state]').attr('value')).toBe('s')
  expect(form.find('input[name=code]').attr('value')).toBeTruthy()
  const odd = await browser.open(authorizePath(quill, { response_mode: 'carrier_pigeon' }))
  expect(answerOf(odd).get('error')).toBe('invalid_request')
})

test('OAUTH-04 an address that was not registered is never redirected to: the member sees an error', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app({ redirect_uris: ['https://quill.example/back', 'quill://back'] })
  const evil = [
    'https://evil.example/',
    'https://quill.example/back/',
    'https://quill.example/back?x',
    'HTTPS://quill.example/back',
    '',
  ]
  for (const redirect_uri of evil) {
    const page = await browser.open(
      authorizePath({ ...quill, redirect_uri: 'quill://back' }, { redirect_uri }),
    )
    expect([page.status, page.headers.get('location')]).toEqual([400, null])
  }
  const unknown = await browser.open(authorizePath({ ...quill, client_id: 'nobody' }))
  expect([unknown.status, unknown.headers.get('location')]).toEqual([400, null])
})

test('OAUTH-05 more than the app registered gives invalid_scope, less is fine', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app({ scopes: 'read write:statuses' })
  for (const scope of ['write', 'read push', 'read nonsense', 'admin:read'])
    expect(answerOf(await browser.open(authorizePath(quill, { scope }))).get('error')).toBe('invalid_scope')
  expect((await browser.open(authorizePath(quill, { scope: 'read:lists write:statuses' }))).status).toBe(200)
})

test('OAUTH-17 a challenge must be of the S256 kind', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  const plain: Record<string, string>[] = [
    { code_challenge },
    { code_challenge, code_challenge_method: 'plain' },
    { code_challenge: 'short', code_challenge_method: 'S256' },
  ]
  for (const more of plain)
    expect(answerOf(await browser.open(authorizePath(quill, more))).get('error')).toBe('invalid_request')
  const right = await browser.open(authorizePath(quill, { code_challenge, code_challenge_method: 'S256' }))
  expect(right.status).toBe(200)
})

test('response_type=token is refused: tokens never travel in addresses', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const page = await browser.open(authorizePath(quill, { response_type: 'token' }))
  expect(page.text).not.toContain('access_token')
  expect(page.headers.get('location') ?? '').not.toContain('access_token')
  expect(page.status).toBe(400)
})

test('a question that is asked in two ways at once is refused', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const page = await browser.open(`${authorizePath(quill)}&scope=write&redirect_uri=https://evil.example/`)
  expect([page.status, page.headers.get('location')]).toEqual([400, null])
})

test('a decision counts once, for the question it answers, in the session that was asked', async () => {
  const alice = await browserOf(await memberWithPassword('alice'))
  const mallory = await browserOf(await memberWithPassword('mallory'))
  const quill = await app()
  const page = await alice.open(authorizePath(quill))
  const id = page.$('input[name=transaction_id]').attr('value')!
  await mallory.open(authorizePath(await app()))
  const stolen = await mallory.send('/oauth/authorize', { decision: 'approve', transaction_id: id })
  expect(stolen.status).toBe(403)
  alice.page = page
  const first = await alice.send('/oauth/authorize', { decision: 'approve' })
  expect(answerOf(first).has('code')).toBe(true)
  alice.page = page
  expect((await alice.send('/oauth/authorize', { decision: 'approve' })).status).toBe(403)
})

test('an app that was removed while the question was open gets no answer', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  await browser.open(authorizePath(quill))
  await OauthApp.destroy({ where: { clientId: quill.client_id } })
  expect((await browser.send('/oauth/authorize', { decision: 'approve' })).status).toBe(403)
})

test('staff scopes are asked for every time, and only staff gets them', async () => {
  const admin = await browserOf(await memberWithPassword('root', { role: 'admin' }))
  const plain = await browserOf(await memberWithPassword('alice'))
  const tuba = await app({ scopes: 'read admin:read' })
  const scope = 'read admin:read'
  const granted = await exchange(tuba, await codeFor(admin, tuba, { scope }))
  expect(granted.body.scope).toBe('read admin:read')
  expect((await admin.open(authorizePath(tuba, { scope }))).status).toBe(200)
  const refused = await exchange(tuba, await codeFor(plain, tuba, { scope }))
  expect(refused.body.scope).toBe('read')
})

test('OAUTH-13 a refusal may come by DELETE, and goes to no address that is not the app’s own', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const page = await browser.open(authorizePath(quill))
  const _csrf = page.$('input[name=_csrf]').attr('value') ?? ''
  const { client_id, redirect_uri } = quill
  const answer = answerOf(
    await browser.delete('/oauth/authorize', { _csrf, client_id, redirect_uri, state: 's' }),
  )
  expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 's' })
  const wrong = await browser.delete('/oauth/authorize', {
    _csrf,
    client_id,
    redirect_uri: 'https://evil.example',
  })
  expect([wrong.status, wrong.headers.get('location')]).toEqual([400, null])
  expect((await browser.delete('/oauth/authorize', { client_id, redirect_uri })).status).toBe(403)
})
