import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { makeToken, request } from '#test/support/client'
import type { Browser } from '#test/support/plain-browser'

const cookieOf = (browser: Browser) =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const path = '/api/web/settings'

test('a browser of ours keeps what it wants to know again, by its session and a token of our pages', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const page = await browser.open('/settings/password')
  const token = page.$('input[name=_csrf]').attr('value') ?? ''
  const headers = { Cookie: cookieOf(browser), 'X-CSRF-Token': token }
  const data = { theme: 'dark', columns: [{ id: 'home' }] }
  expect(await request('PUT', path, { data }, { headers, isMember: true })).toMatchObject({
    status: 200,
    body: {},
  })
  expect((await request('GET', path, undefined, { headers })).body).toEqual({ data })
  await request('PATCH', path, { data: { theme: 'light' } }, { headers })
  expect((await request('GET', path, undefined, { headers })).body).toEqual({ data: { theme: 'light' } })
  expect((await request('PUT', path, { data: { x: 'y'.repeat(70_000) } }, { headers })).status).toBe(422)
  expect((await request('PUT', path, { data: 'x' }, { headers })).status).toBe(422)
  expect((await request('PUT', path, {}, { headers })).status).toBe(422)
})

test('CVE-2024-25108 calls of the web client take no token, and nothing from pages of others', async () => {
  const alice = await memberWithPassword('alice')
  const browser = await browserOf(alice)
  await browser.open('/settings/password')
  const Cookie = cookieOf(browser)
  const data = { theme: 'dark' }
  expect((await request('PUT', path, { data }, { headers: { Cookie } })).status).toBe(403)
  const Authorization = `Bearer ${await makeToken(['read', 'write'], alice)}`
  expect((await request('PUT', path, { data }, { headers: { Authorization } })).status).toBe(403)
  expect((await request('GET', path, undefined, { headers: { Authorization } })).status).toBe(401)
  const Origin = 'https://evil.example'
  expect((await request('PUT', path, { data }, { headers: { Cookie, Origin } })).status).toBe(403)
})
