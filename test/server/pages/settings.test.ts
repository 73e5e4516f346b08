import { OauthToken } from '#core/auth/oauth-token.model'
import { app, codeFor, exchange } from '#test/factories/app'
import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { request } from '#test/support/client'
import { Browser } from '#test/support/plain-browser'

test('pages of members send visitors to the log-in and back', async () => {
  const browser = new Browser()
  for (const path of ['/settings', '/settings/password', '/settings/sessions', '/settings/apps'])
    expect((await browser.open(path)).url).toBe(`/log-in?next=${encodeURIComponent(path)}`)
})

test('the front page of the settings says who is logged in, and is kept nowhere', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const page = await browser.open('/settings')
  expect(page.$('.person .handle').text()).toBe('@alice@localhost:3000')
  expect(page.text).toContain('alice@mail.example')
  expect(page.headers.get('cache-control')).toBe('private, no-store')
})

test('a member sees where they are logged in and logs one browser out', async () => {
  const alice = await memberWithPassword('alice')
  const [here, there] = [await browserOf(alice), await browserOf(alice)]
  const page = await here.open('/settings/sessions')
  expect(page.$('.rows > li')).toHaveLength(2)
  expect(page.$('.badge')).toHaveLength(1)
  const after = await here.send('/settings/sessions/')
  expect(after.$('.rows > li')).toHaveLength(1)
  expect((await there.open('/settings')).url).toMatch(/^\/log-in/)
  expect((await here.open('/settings')).status).toBe(200)
})

test('all other browsers are logged out at once', async () => {
  const alice = await memberWithPassword('alice')
  const [here, ...others] = [await browserOf(alice), await browserOf(alice), await browserOf(alice)]
  await here.open('/settings/sessions')
  await here.send('/settings/sessions/revoke-others')
  for (const other of others) expect((await other.open('/settings')).url).toMatch(/^\/log-in/)
  expect((await here.open('/settings')).status).toBe(200)
})

test('nobody ends the sessions or apps of somebody else', async () => {
  const [alice, mallory] = [await memberWithPassword('alice'), await memberWithPassword('mallory')]
  const [hers, his] = [await browserOf(alice), await browserOf(mallory)]
  const quill = await app()
  await exchange(quill, await codeFor(hers, quill))
  await browserOf(alice)
  const action = (await hers.open('/settings/sessions')).$('form[action$="/revoke"]').attr('action')!
  await his.open('/settings/sessions')
  const _csrf = his.page!.$('input[name=_csrf]').attr('value')!
  await his.post(action, { _csrf })
  await his.post(`/settings/apps/${quill.id}/revoke`, { _csrf })
  expect((await hers.open('/settings/sessions')).$('.rows > li')).toHaveLength(2)
  expect((await hers.open('/settings/apps')).$('.rows > li')).toHaveLength(1)
})

test('a member sees what apps may do, and removing one ends its tokens', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const { body } = await exchange(quill, await codeFor(browser, quill, { scope: 'read write:statuses' }))
  const page = await browser.open('/settings/apps')
  expect(page.$('.row-title').text()).toContain('Quill')
  await browser.send('/settings/apps/')
  expect((await OauthToken.findOne({ rejectOnEmpty: true })).revokedAt).not.toBeNull()
  const headers = { Authorization: `Bearer ${body.access_token}` }
  expect((await request('GET', '/api/v1/preferences', undefined, { headers })).status).toBe(401)
})

test('apps may also be removed where Mastodon has the list of them', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const { body } = await exchange(quill, await codeFor(browser, quill))
  const page = await browser.open('/oauth/authorized_applications')
  expect(page.$('.row-title').text()).toContain('Quill')
  const _csrf = page.$('input[name=_csrf]').first().attr('value') ?? ''
  await browser.delete(`/oauth/authorized_applications/${quill.id}`, { _csrf })
  const headers = { Authorization: `Bearer ${body.access_token}` }
  expect((await request('GET', '/api/v1/preferences', undefined, { headers })).status).toBe(401)
  const stranger = await request('GET', '/oauth/authorized_applications')
  expect(stranger.headers.get('location')).toContain('/log-in?next=')
})

test('POST-21 a post names its app, and hides it from others when its author says so', async () => {
  const alice = await memberWithPassword('alice')
  const browser = await browserOf(alice)
  const quill = await app()
  const { body: token } = await exchange(
    quill,
    await codeFor(browser, quill, { scope: 'read write:statuses' }),
  )
  const headers = { Authorization: `Bearer ${token.access_token}` }
  const { body: post } = await request('POST', '/api/v1/statuses', { status: 'hello' }, { headers })
  const path = `/api/v1/statuses/${post.id}`
  const seen = async () => [
    (await request('GET', path, undefined, { headers })).body.application?.name,
    (await request('GET', path)).body.application?.name,
  ]
  expect(await seen()).toEqual(['Quill', 'Quill'])
  await browser.open('/settings/apps')
  expect((await browser.send('/settings/apps/show')).text).toContain(
    'Only you see which app wrote your posts',
  )
  expect(await seen()).toEqual(['Quill', undefined])
  await browser.send('/settings/apps/show')
  expect(await seen()).toEqual(['Quill', 'Quill'])
})
