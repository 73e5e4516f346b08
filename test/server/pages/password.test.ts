import { OauthToken } from '#core/auth/oauth-token.model'
import { Session } from '#core/auth/session.model'
import { shiftClock } from '#platform/clock'
import { app, authorizePath, codeFor, exchange } from '#test/factories/app'
import { browserOf, memberWithPassword, password } from '#test/factories/log-in'
import { request } from '#test/support/client'
import { mails } from '#test/support/mails'
import { Browser } from '#test/support/plain-browser'
import { settle } from '#test/support/settle'

const better = 'a much better pass phrase'
const own = (token: string) =>
  request('GET', '/api/v1/accounts/verify_credentials', undefined, {
    headers: { Authorization: `Bearer ${token}` },
  })
const forget = async (email: string) => {
  const browser = new Browser()
  await browser.open('/forgot-password')
  await browser.send('/forgot-password', { email })
  return browser
}
const logIn = async (secret: string) => {
  const browser = new Browser()
  await browser.open('/log-in')
  return (await browser.send('/log-in', { identifier: 'alice', password: secret })).url
}

beforeEach(async () => void (await mails()))
afterEach(() => shiftClock(0))

test('MASTODON-2.9.3-c changing the password ends the other sessions and leaves apps alone', async () => {
  const alice = await memberWithPassword('alice')
  const [here, there] = [await browserOf(alice), await browserOf(alice)]
  const quill = await app()
  const { body } = await exchange(quill, await codeFor(here, quill))
  await here.open('/settings/password')
  const page = await here.send('/settings/password', { currentPassword: password, password: better })
  expect(page.text).toContain('Your password is changed')
  expect((await there.open('/settings')).url).toMatch(/^\/log-in/)
  expect((await here.open('/settings')).status).toBe(200)
  expect((await own(body.access_token)).status).toBe(200)
  expect([await logIn(better), await logIn(password)]).toEqual(['/settings', '/log-in'])
  await settle()
  expect((await mails()).map(({ subject }) => subject)).toEqual([expect.stringContaining('was changed')])
})

test('MASTODON-2.9.3-c a consent page that is open in another session decides nothing any more', async () => {
  const alice = await memberWithPassword('alice')
  const [here, there] = [await browserOf(alice), await browserOf(alice)]
  await there.open(authorizePath(await app()))
  await here.open('/settings/password')
  await here.send('/settings/password', { currentPassword: password, password: better })
  const page = await there.send('/oauth/authorize', { decision: 'approve' })
  expect(page.status).toBe(403)
  expect(await OauthToken.count()).toBe(0)
})

test('MASTODON-2.9.3-c resetting the password ends every session and every token', async () => {
  const alice = await memberWithPassword('alice')
  const browser = await browserOf(alice)
  const quill = await app()
  const { body } = await exchange(quill, await codeFor(browser, quill))
  expect((await own(body.access_token)).status).toBe(200)
  await forget('ALICE@mail.example')
  await settle()
  const [mail] = await mails()
  const reset = new Browser()
  const asked = await reset.open(mail!.link!)
  expect(asked.headers.get('referrer-policy')).toBe('strict-origin')
  expect((await reset.send('/reset-password', { password: better })).url).toBe('/log-in?done=reset')
  expect(await Session.count()).toBe(0)
  const refused = await own(body.access_token)
  expect([refused.status, refused.body.error]).toEqual([401, 'The access token was revoked'])
  expect(await logIn(better)).toBe('/settings')
  const again = new Browser()
  expect((await again.open(mail!.link!)).text).toContain('no longer works')
})

test('a link for a new password works for half an hour, and only the last one that was sent', async () => {
  await memberWithPassword('alice')
  await forget('alice@mail.example')
  await settle()
  await forget('alice@mail.example')
  await settle()
  const [first, second] = await mails()
  const isAlive = async (link: string) =>
    (await new Browser().open(link)).$('form[action="/reset-password"]').length === 1
  expect([await isAlive(first!.link!), await isAlive(second!.link!)]).toEqual([false, true])
  shiftClock(1_801_000)
  expect(await isAlive(second!.link!)).toBe(false)
})

test('I11 asking for a new password does not tell who has an account', async () => {
  await memberWithPassword('alice')
  const [known, unknown, nonsense] = [
    await forget('alice@mail.example'),
    await forget('nobody@mail.example'),
    await forget('nonsense'),
  ]
  const text = ({ page }: Browser) => page!.$('main').text()
  expect(text(unknown)).toBe(text(known))
  expect(text(nonsense)).toBe(text(known))
  await settle()
  expect((await mails()).map(({ to }) => to)).toEqual(['alice@mail.example'])
})

test('a new password must be a good one, and the old one must be right', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  await browser.open('/settings/password')
  const tries = [
    { currentPassword: 'wrong', password: better },
    { currentPassword: password, password: 'short' },
    { currentPassword: password, password: 'password123' },
    { currentPassword: password, password: 'alice@mail.example' },
    { currentPassword: password, password: 'x'.repeat(129) },
  ]
  for (const fields of tries) {
    const page = await browser.send('/settings/password', fields)
    expect(page.status).toBeGreaterThanOrEqual(400)
    expect(page.$('.error-summary')).toHaveLength(1)
  }
  expect(await logIn(password)).toBe('/settings')
})

test('a mailbox gets three links an hour', async () => {
  await memberWithPassword('alice')
  for (let at = 0; at < 3; at += 1) await forget('alice@mail.example')
  expect((await forget('alice@mail.example')).page?.status).toBe(429)
})
