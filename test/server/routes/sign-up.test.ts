import { Account } from '#core/accounts/account.model'
import { User } from '#core/auth/user.model'
import { Setting } from '#core/instances/setting.model'
import { member } from '#test/factories/account'
import { appClient, client, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { mails } from '#test/support/mails'
import { Browser } from '#test/support/plain-browser'
import { settle } from '#test/support/settle'
import { withoutRedis } from '#test/support/without-redis'

const draft = {
  username: 'alice',
  email: 'alice@mail.example',
  password: 'correct horse battery staple',
  agreement: 'true',
  locale: 'en',
  reason: 'I like it here',
}
const decide = (registrations: string, more: object = {}) =>
  Setting.bulkCreate(Object.entries({ registrations, ...more }).map(([key, value]) => ({ key, value })))

const signUp = (more: object = {}) =>
  appClient(['read', 'write']).post('/api/v1/accounts', { ...draft, ...more })
const withToken = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })
const own = (token: string) =>
  request('GET', '/api/v1/accounts/verify_credentials', undefined, withToken(token))

beforeEach(async () => void (await mails()))

/** Opens the link of the one mail that was sent and presses its button. */
async function confirm() {
  await settle()
  const [mail] = await mails()
  const browser = new Browser()
  await browser.open(mail!.link!)
  return browser.send('/confirm')
}

test('OAUTH-31 an app signs somebody up; the token works once the address is confirmed', async () => {
  await decide('open')
  const { status, body } = await signUp()
  expect(status).toBe(200)
  expectEntity('Token', body)
  const before = await own(body.access_token)
  expect([before.status, before.body.error]).toEqual([
    403,
    'Your login is missing a confirmed e-mail address',
  ])
  expect((await client().get('/api/v1/accounts/lookup?acct=alice')).status).toBe(404)
  expect((await confirm()).text).toContain('Your address is confirmed')
  const after = await own(body.access_token)
  expect([after.status, after.body.username]).toEqual([200, 'alice'])
  expect((await client().get('/api/v1/accounts/lookup?acct=alice')).status).toBe(200)
})

test('ERR-07 where newcomers are looked at first, the token waits for that too', async () => {
  await decide('approval')
  const { body } = await signUp()
  expect((await confirm()).text).toContain('waits for someone here')
  const { status, body: said } = await own(body.access_token)
  expect([status, said.error]).toEqual([403, 'Your login is currently pending approval'])
})

test('OAUTH-33 nobody signs up where sign-ups are closed', async () => {
  await decide('closed')
  expect((await signUp()).status).toBe(403)
  expect(await User.count()).toBe(0)
})

test('OAUTH-31 only an app in its own name and with the scope signs people up', async () => {
  await decide('open')
  const bob = await member('bob')
  expect((await client(bob).post('/api/v1/accounts', draft)).status).toBe(403)
  expect((await client().post('/api/v1/accounts', draft)).status).toBe(401)
  expect((await appClient(['read']).post('/api/v1/accounts', draft)).status).toBe(403)
})

test('ERR-14 every field that is wrong is named with what is wrong', async () => {
  await decide('approval', { minimumAge: 16 })
  const { status, body } = await signUp({
    username: 'al ice!',
    email: 'nobody',
    password: 'short',
    agreement: 'false',
    reason: '',
    date_of_birth: '2020-01-01',
  })
  expect(status).toBe(422)
  expectEntity('ValidationError', body)
  expect(body.details).toMatchObject({
    username: [{ error: 'ERR_INVALID' }],
    email: [{ error: 'ERR_INVALID' }],
    password: [{ error: 'ERR_TOO_SHORT' }],
    agreement: [{ error: 'ERR_ACCEPTED' }],
    reason: [{ error: 'ERR_BLANK' }],
    date_of_birth: [{ error: 'ERR_BELOW_LIMIT' }],
  })
  expect(body.error).toMatch(/^Validation failed: /)
})

test('ERR-14 blank, taken, reserved and long values have codes of their own', async () => {
  await decide('open')
  await member('bob')
  const cases = [
    [{ username: '' }, 'username', 'ERR_BLANK'],
    [{ username: 'BOB' }, 'username', 'ERR_TAKEN'],
    [{ username: 'Admin' }, 'username', 'ERR_RESERVED'],
    [{ username: 'x'.repeat(31) }, 'username', 'ERR_TOO_LONG'],
    [{ email: 'BOB@mail.example' }, 'email', 'ERR_TAKEN'],
  ] as const
  for (const [more, field, code] of cases) {
    const { body } = await signUp(more)
    expect(body.details[field]).toEqual([expect.objectContaining({ error: code })])
  }
})

test('of two sign-ups with one name at the same time one gets it', async () => {
  await decide('open')
  const answers = await Promise.all([signUp(), signUp({ email: 'other@mail.example' })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
  const refused = answers.find(({ status }) => status === 422)!
  expect(refused.body.details.username).toEqual([expect.objectContaining({ error: 'ERR_TAKEN' })])
  expect(await Account.count({ where: { domain: null, username: 'alice' } })).toBe(1)
})

test('RATE-04 an address signs up five times in half an hour', async () => {
  await decide('closed')
  for (let at = 0; at < 5; at += 1) expect((await signUp()).status).toBe(403)
  expect((await signUp()).status).toBe(429)
})

test('ERR-12 R-130 while Redis is away nobody signs up', async () => {
  await decide('open')
  expect((await withoutRedis(signUp)).status).toBe(503)
})

test('GHSA-wp9f-cmff-p8r2 no parameter makes somebody confirmed, approved or staff', async () => {
  await decide('approval')
  await signUp({
    confirmed: true,
    confirmedAt: '2020-01-01',
    confirmed_at: '2020-01-01',
    approved: true,
    approvedAt: '2020-01-01',
    role: 'owner',
    isConfirmed: true,
    user: { role: 'owner' },
    isEmailVerified: true,
  })
  const user = await User.findOne({ rejectOnEmpty: true })
  expect(user).toMatchObject({ role: 'user', confirmedAt: null, approvedAt: null })
})

test('a newcomer can have the link sent again, to another address when the first was mistyped', async () => {
  await decide('open')
  const { body } = await signUp({ email: 'alcie@mail.example' })
  const token = withToken(body.access_token)
  await settle()
  const [first] = await mails()
  expect((await request('GET', '/api/v1/emails/check_confirmation', undefined, token)).body).toBe(false)
  const again = await request('POST', '/api/v1/emails/confirmations', { email: 'alice@mail.example' }, token)
  expect([again.status, again.body]).toEqual([200, {}])
  const dead = new Browser()
  expect((await dead.open(first!.link!)).text).toContain('no longer works')
  expect((await confirm()).text).toContain('Your address is confirmed')
  expect((await request('GET', '/api/v1/emails/check_confirmation', undefined, token)).body).toBe(true)
  expect((await request('POST', '/api/v1/emails/confirmations', {}, token)).status).toBe(403)
  expect((await User.findOne({ rejectOnEmpty: true })).email).toBe('alice@mail.example')
})
