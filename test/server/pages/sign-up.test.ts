import { User } from '#core/auth/user.model'
import { Verification } from '#core/auth/verification.model'
import { Setting } from '#core/instances/setting.model'
import { shiftClock } from '#platform/clock'
import { member } from '#test/factories/account'
import { mails } from '#test/support/mails'
import { Browser } from '#test/support/plain-browser'
import { settle } from '#test/support/settle'

const draft = {
  username: 'alice',
  email: 'alice@mail.example',
  password: 'correct horse battery staple',
  agreement: 'yes',
}
const decide = (registrations: string) => Setting.create({ key: 'registrations', value: registrations })
const signUp = async (more: Record<string, string> = {}) => {
  const browser = new Browser()
  await browser.open('/sign-up')
  await browser.send('/sign-up', { ...draft, ...more })
  return browser
}

beforeEach(async () => void (await mails()))
afterEach(() => shiftClock(0))

test('a visitor signs up, confirms the address by a button behind the mailed link, and can log in', async () => {
  await decide('open')
  const browser = await signUp()
  expect(browser.page?.$('h1').text()).toBe('Check your mail')
  await settle()
  const [mail] = await mails()
  expect(mail).toMatchObject({ to: 'alice@mail.example', subject: expect.stringContaining('localhost:3000') })
  const asked = await browser.open(mail!.link!)
  expect(asked.headers.get('referrer-policy')).toBe('strict-origin')
  expect(asked.text).toContain('alice@mail.example')
  expect((await User.findOne({ rejectOnEmpty: true })).confirmedAt).toBeNull()
  await browser.send('/confirm')
  expect((await User.findOne({ rejectOnEmpty: true })).confirmedAt).not.toBeNull()
  await browser.open('/log-in')
  expect((await browser.send('/log-in', { identifier: 'alice', password: draft.password })).url).toBe(
    '/settings',
  )
})

test('GHSA-wp9f-cmff-p8r2 a link works once, for a day, for the address it was sent to', async () => {
  await decide('open')
  await signUp()
  await settle()
  const [mail] = await mails()
  const user = await User.findOne({ rejectOnEmpty: true })
  const open = async () => (await new Browser().open(mail!.link!)).$('form[action="/confirm"]').length
  shiftClock(86_401_000)
  expect(await open()).toBe(0)
  shiftClock(0)
  await user.update({ email: 'other@mail.example' })
  expect(await open()).toBe(0)
  await user.update({ email: draft.email })
  const browser = new Browser()
  await browser.open(mail!.link!)
  await browser.send('/confirm')
  expect(await open()).toBe(0)
})

test('GHSA-wp9f-cmff-p8r2 a link of one kind is none of another, whatever the request says', async () => {
  await decide('open')
  await signUp()
  await settle()
  const [mail] = await mails()
  const token = new URL(mail!.link!, 'http://x').searchParams.get('token')!
  const page = await new Browser().open(`/reset-password?token=${token}&kind=confirm-email`)
  expect(page.text).toContain('no longer works')
  for (const other of ['', 'true', '1', `${token}x`]) {
    const browser = new Browser()
    await browser.open('/log-in')
    await browser.post('/confirm', {
      _csrf: browser.page!.$('input[name=_csrf]').attr('value')!,
      token: other,
      userId: '1',
      isEmailVerified: 'true',
    })
  }
  expect((await User.findOne({ rejectOnEmpty: true })).confirmedAt).toBeNull()
})

test('R-166 neither the database nor the queue holds a token that opens an account', async () => {
  await decide('open')
  await signUp()
  const row = await Verification.findOne({ rejectOnEmpty: true })
  await settle()
  const [mail] = await mails()
  const token = new URL(mail!.link!, 'http://x').searchParams.get('token')!
  expect(JSON.stringify(row.toJSON())).not.toContain(token)
})

test('what is wrong is said at its field, and what was typed is kept, but never the password', async () => {
  await decide('open')
  await member('bob')
  const { page } = await signUp({ username: 'bob', password: 'password' })
  expect(page?.status).toBe(422)
  expect(page?.$('#username-error').text()).toContain('taken')
  expect(page?.$('#password-error').text()).toContain('guess')
  expect(page?.$('#username').attr('value')).toBe('bob')
  expect(page?.$('#password').attr('value')).toBeUndefined()
})

test('a program that fills in what nobody sees signs nobody up, and does not learn that', async () => {
  await decide('open')
  const { page } = await signUp({ homepage: 'https://spam.example' })
  expect(page?.$('h1').text()).toBe('Check your mail')
  expect(await User.count()).toBe(0)
})

test('where sign-ups are closed there is no form', async () => {
  await decide('closed')
  const page = await new Browser().open('/sign-up')
  expect(page.$('form[action="/sign-up"]')).toHaveLength(0)
})

test('I11 having the link sent again tells nobody who has an account', async () => {
  await decide('open')
  await member('bob')
  const browser = await signUp()
  await settle()
  await mails()
  const texts: string[] = []
  for (const email of ['alice@mail.example', 'bob@mail.example', 'nobody@mail.example']) {
    await browser.send('/sign-up/resend', { email })
    texts.push(browser.page!.$('main').text().replaceAll(email, ''))
  }
  expect(new Set(texts).size).toBe(1)
  await settle()
  expect((await mails()).map(({ to }) => to)).toEqual(['alice@mail.example'])
})
