import { readFileSync } from 'node:fs'
import { Session } from '#core/auth/session.model'
import { OauthToken } from '#core/auth/oauth-token.model'
import { User } from '#core/auth/user.model'
import { Setting } from '#core/instances/setting.model'
import { rows } from '#platform/db'
import { isPassword } from '#platform/passwords'
import { passport } from '#server/auth/passport'
import { app, codeFor, exchange } from '#test/factories/app'
import { browserOf, memberWithPassword, password } from '#test/factories/log-in'
import { appClient, request } from '#test/support/client'
import { mails } from '#test/support/mails'
import { Browser } from '#test/support/plain-browser'
import { settle } from '#test/support/settle'

const from = (at: number) => ({ 'X-Forwarded-For': `203.0.113.${at}` })

test('MASTODON-4.2.4: a hundred guesses from twenty addresses in five sessions are five; then not even the right password is looked at', async () => {
  const alice = await memberWithPassword('alice')
  const settings = await browserOf(alice)
  const browsers = Array.from({ length: 5 }, () => new Browser())
  for (const browser of browsers) await browser.open('/log-in')
  const statuses: number[] = []
  for (let at = 0; at < 100; at += 1) {
    const browser = browsers[at % 5]!
    const fields = { identifier: at % 2 ? 'alice' : alice.user.email, password: at < 5 ? `${at}` : password }
    statuses.push((await browser.send('/log-in', fields, from(at % 20))).status)
  }
  expect(statuses).toEqual([...Array<number>(5).fill(422), ...Array<number>(95).fill(429)])
  await settings.open('/settings/password')
  const change = { currentPassword: password, password: 'a much better pass phrase' }
  expect((await settings.send('/settings/password', change)).status).toBe(429)
  expect(await Session.count({ where: { userId: alice.user.id } })).toBe(1)
})

test('MASTODON-4.2.4, CVE-2026-57574: there are no one-time codes, recovery codes or keys to guess: no column keeps one, no path takes one', async () => {
  const kept = await rows<{ name: string }>(
    {},
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name ~ 'otp|webauthn|second_factor|recovery|passkey'`,
  )
  expect(kept).toEqual([])
  for (const path of [
    '/auth/otp',
    '/auth/challenge',
    '/settings/two-factor',
    '/settings/otp_authentication',
    '/webauthn',
  ])
    for (const method of ['GET', 'POST'])
      expect([path, (await request(method, path)).status]).toEqual([path, 404])
})

test('CVE-2026-57574: of fifty uses of a code at once one gives a token at most, and none works afterwards', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const code = await codeFor(browser, quill)
  const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(quill, code)))
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  expect(await OauthToken.count({ where: { userId: (await User.findOne())!.id } })).toBe(1)
  expect((await exchange(quill, code)).status).toBe(400)
})

test('CVE-2026-57574: of fifty uses of a mailed link at once exactly one counts', async () => {
  const { user } = await memberWithPassword('alice')
  await mails()
  const asking = new Browser()
  await asking.open('/forgot-password')
  await asking.send('/forgot-password', { email: user.email })
  await settle()
  const [mail] = await mails()
  const browsers = Array.from({ length: 50 }, () => new Browser())
  for (const browser of browsers) await browser.open(mail!.link!)
  const wishes = browsers.map((_, at) => `a pass phrase of my own ${at}`)
  const pages = await Promise.all(
    browsers.map((browser, at) => browser.send('/reset-password', { password: wishes[at]! })),
  )
  const won = pages.flatMap(({ url }, at) => (url === '/log-in?done=reset' ? [at] : []))
  expect(won).toHaveLength(1)
  await user.reload()
  expect(await isPassword(wishes[won[0]!]!, user.passwordHash)).toBe(true)
}, 60_000)

test('CVE-2024-25618: whoever comes with the address of a member, but without their password, gets no session and no token', async () => {
  await Setting.create({ key: 'registrations', value: 'open' })
  const alice = await memberWithPassword('alice')
  const draft = { password: 'correct horse battery staple', agreement: 'true', locale: 'en' }
  let tries = 0
  for (const email of [
    alice.user.email,
    alice.user.email.toUpperCase(),
    ` ${alice.user.email} `,
    'alice@MAIL.example.',
  ])
    for (const more of [{}, { provider: 'openid_connect', uid: '1', email_verified: true, id_token: 'x' }]) {
      const wish = { ...draft, ...more, username: 'mallory', email }
      const { status, body } = await appClient(['read', 'write']).post('/api/v1/accounts', wish, {
        headers: from((tries += 1)),
      })
      expect([email, status, body.access_token]).toEqual([email, 422, undefined])
    }
  const token = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' }
  expect((await request('POST', '/oauth/token', token)).status).toBe(401)
  expect([await Session.count(), await User.count()]).toEqual([0, 1])
})

test('CVE-2024-25618: a password is the only way in: no other log-in is known, no path of one answers, no package of one is here', async () => {
  const { _strategies } = passport as unknown as { _strategies: object }
  expect(Object.keys(_strategies).toSorted()).toEqual(['local', 'session'])
  const paths = ['/auth', '/users/auth'].flatMap((root) =>
    ['openid_connect', 'saml', 'cas', 'ldap', 'github'].flatMap((way) => [
      `${root}/${way}`,
      `${root}/${way}/callback`,
    ]),
  )
  for (const path of paths)
    for (const method of ['GET', 'POST'])
      expect([path, (await request(method, path)).status]).toEqual([path, 404])
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  const others = /^passport-(?!local$)|openid|oidc|saml|ldap|^jose$|jsonwebtoken/
  expect(Object.keys(dependencies).filter((name) => others.test(name))).toEqual([])
})
