import { Session } from '#core/auth/session.model'
import { hashOf } from '#core/auth/find-token'
import { now } from '#platform/clock'
import { browserOf, memberWithPassword, password } from '#test/factories/log-in'
import { request } from '#test/support/client'
import { Browser } from '#test/support/plain-browser'
import { withoutRedis } from '#test/support/without-redis'

const tryLogIn = async (identifier: string, secret: string) => {
  const browser = new Browser()
  await browser.open('/log-in')
  return browser.send('/log-in', { identifier, password: secret })
}

test('a member logs in by user name or by address and sees the own settings', async () => {
  const alice = await memberWithPassword('alice')
  for (const identifier of ['alice', '@Alice', alice.user.email.toUpperCase()]) {
    const page = await tryLogIn(identifier, password)
    expect([page.status, page.url]).toEqual([200, '/settings'])
    expect(page.text).toContain('@alice@')
  }
})

test('an unknown name and a wrong password get the same answer (threats I3)', async () => {
  await memberWithPassword('alice')
  const [wrong, unknown] = [
    await tryLogIn('alice', 'not the password'),
    await tryLogIn('nobody', 'not the password'),
  ]
  expect([wrong.status, unknown.status]).toEqual([422, 422])
  const words = ({ $ }: typeof wrong) => $('.error-summary').text()
  expect(words(wrong)).toBe(words(unknown))
  expect(words(wrong)).not.toBe('')
})

test('a log-in without a name or a password is refused as a wrong one', async () => {
  await memberWithPassword('alice')
  for (const [name, secret] of [
    ['alice', ''],
    ['', 'x'],
    ['', ''],
  ] as const) {
    const { status, $ } = await tryLogIn(name, secret)
    expect([status, $('.error-summary').text()]).toEqual([422, expect.stringContaining('is wrong')])
  }
})

test('ERR-07 a log-in that is not open stays closed, with the reason', async () => {
  const states = [
    ['unconfirmed', { confirmedAt: null }, /confirmed/],
    ['waiting', { approvedAt: null }, /approval/],
    ['closed', { disabledAt: now() }, /disabled/],
  ] as const
  for (const [name, state, reason] of states) {
    await memberWithPassword(name, state)
    const page = await tryLogIn(name, password)
    expect(page.status).toBe(403)
    expect(page.$('.error-summary').text()).toMatch(reason)
  }
})

test('CVE-2022-35925: five wrong passwords close an account for ten minutes, for the right one too; others are not touched', async () => {
  await memberWithPassword('alice')
  await memberWithPassword('bob')
  for (let at = 0; at < 5; at += 1) expect((await tryLogIn('alice', `wrong ${at}`)).status).toBe(422)
  expect((await tryLogIn('alice', password)).status).toBe(429)
  expect((await tryLogIn('bob', password)).url).toBe('/settings')
})

test('R-130 while Redis is away nobody can guess passwords', async () => {
  await memberWithPassword('alice')
  expect((await withoutRedis(() => tryLogIn('alice', password))).status).toBe(503)
  expect((await tryLogIn('alice', password)).url).toBe('/settings')
})

test('W8 after the log-in it goes on within the site and nowhere else', async () => {
  await memberWithPassword('alice')
  const ways = [
    ['/settings/apps', '/settings/apps'],
    ['//evil.example/', '/settings'],
    ['https://evil.example/', '/settings'],
    ['/\\evil.example', '/settings'],
    ['/\t/evil.example', '/settings'],
    ['javascript:alert(1)', '/settings'],
  ] as const
  for (const [next, end] of ways) {
    const browser = new Browser()
    await browser.open(`/log-in?next=${encodeURIComponent(next)}`)
    const page = await browser.send('/log-in', { identifier: 'alice', password, next })
    expect([page.status, page.url]).toEqual([200, end])
  }
})

test('I4 a session gets a new id at the log-in, and only the hash of it is kept', async () => {
  const alice = await memberWithPassword('alice')
  const browser = await browserOf(alice)
  const [name, value] = [...browser.cookies].find(([each]) => !each.includes('form'))!
  expect(name).toMatch(/^kith/)
  const id = /^s:([^.]+)\./.exec(decodeURIComponent(value))?.[1] ?? ''
  const row = await Session.findOne({ rejectOnEmpty: true })
  expect(row.tokenHash).toBe(hashOf(id))
  expect(JSON.stringify(row.toJSON())).not.toContain(id)
  expect(row).toMatchObject({ userId: alice.user.id, userAgent: 'Test Browser' })
})

test('visitors leave no sessions behind', async () => {
  const browser = new Browser()
  await browser.open('/log-in')
  await browser.open('/')
  expect(await Session.count()).toBe(0)
})

test('CVE-2025-24896 after the log-out the session is gone, on the server too', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const kept = new Map(browser.cookies)
  await browser.open('/settings')
  await browser.send('/log-out')
  expect(await Session.count()).toBe(0)
  expect((await browser.open('/settings')).url).toMatch(/^\/log-in/)
  for (const [name, value] of kept) browser.cookies.set(name, value)
  expect((await browser.open('/settings')).url).toMatch(/^\/log-in/)
})

test('a log-in that is closed meanwhile is closed at once', async () => {
  const alice = await memberWithPassword('alice')
  const browser = await browserOf(alice)
  await alice.user.update({ disabledAt: now() })
  expect((await browser.open('/settings')).url).toMatch(/^\/log-in/)
})

test('HOLLO-0.8.5-d a form of another site does nothing: by its origin, and for lack of the token', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  await browser.open('/settings')
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://sub.localhost:3000' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ]
  const page = browser.page
  for (const headers of foreign) {
    browser.page = page
    expect((await browser.send('/log-out', {}, headers)).status).toBe(403)
  }
  expect((await browser.post('/log-out')).status).toBe(403)
  expect((await browser.post('/log-out', { _csrf: 'guess' })).status).toBe(403)
  expect((await browser.open('/settings')).status).toBe(200)
})

test('HOLLO-0.8.5-d somebody else cannot be logged in by a form of another site', async () => {
  await memberWithPassword('mallory')
  const browser = new Browser()
  const page = await browser.post('/log-in', { identifier: 'mallory', password })
  expect(page.status).toBe(403)
  expect(await Session.count()).toBe(0)
})

test('HOLLO-0.8.5-d the session cookie is for our pages only, and scripts cannot read it', async () => {
  await memberWithPassword('alice')
  const browser = new Browser()
  const page = await browser.open('/log-in')
  const token = page.$('input[name=_csrf]').attr('value')!
  const { headers } = await request(
    'POST',
    '/log-in',
    new URLSearchParams({ identifier: 'alice', password, _csrf: token }),
    {
      headers: { Cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') },
    },
  )
  const cookie = headers.getSetCookie().find((each) => each.startsWith('kith_') && !each.includes('form'))!
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Path=\//)
  expect(cookie).not.toMatch(/Domain=/i)
})

test('CVE-2024-25108 the API does not take the session of a browser for a token (T8)', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const page = await browser.open('/api/v1/accounts/verify_credentials')
  expect(page.status).toBe(401)
})

test('CVE-2024-29026 pages are open to no other origin, the API to all without credentials', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  for (const origin of ['https://evil.example', 'null', 'https://localhost:3000', 'http://LOCALHOST:3000']) {
    for (const path of ['/settings', '/log-in', '/oauth/authorize']) {
      const { headers } = await browser.open(path, { Origin: origin })
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
    const api = await browser.open('/api/v1/instance/rules', { Origin: origin })
    expect(api.headers.get('access-control-allow-origin')).toBe('*')
    expect(api.headers.get('access-control-allow-credentials')).toBeNull()
  }
})

test('CVE-2022-35925: one address tries a hundred accounts in an hour and no more, whether they exist or not', async () => {
  await memberWithPassword('alice')
  const statuses = []
  for (let at = 0; at < 100; at += 1) statuses.push((await tryLogIn(`nobody${at}`, 'guess')).status)
  expect(new Set(statuses)).toEqual(new Set([422]))
  expect((await tryLogIn('alice', password)).status).toBe(429)
}, 60_000)
