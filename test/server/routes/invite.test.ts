import { Invite } from '#core/auth/invite.model'
import { Setting } from '#core/instances/setting.model'
import { User } from '#core/auth/user.model'
import { shiftClock } from '#platform/clock'
import { Browser } from '#test/support/plain-browser'
import { kith } from '#test/support/cli'
import { appClient, request } from '#test/support/client'

afterEach(() => shiftClock(0))

const close = () => Setting.create({ key: 'registrations', value: 'closed' })
const codeOf = (out: string): string => out.trim().split('/').at(-1)!
const html = { Accept: 'text/html' }
const sign = async (username: string, invite_code?: string) =>
  (await appClient(['write:accounts'])).post('/api/v1/accounts', {
    username,
    email: `${username}@mail.example`,
    password: 'correct horse battery',
    agreement: true,
    ...(invite_code ? { invite_code } : {}),
  })

test('OAUTH-32 OAUTH-33 an invite opens closed registrations, as often as it says', async () => {
  await close()
  expect((await sign('alice')).status).toBe(403)
  const code = codeOf((await kith('invites', 'create', '--max-uses', '1')).out)
  expect((await request('GET', `/invite/${code}`)).body).toEqual({
    invite_code: code,
    instance_api_url: 'http://localhost:3000/api/v2/instance',
  })
  expect((await sign('alice', code)).status).toBe(200)
  expect((await User.findOne({ rejectOnEmpty: true })).approvedAt).not.toBeNull()
  expect((await sign('bob', code)).status).toBe(403)
  expect((await sign('bob', 'nonsense')).status).toBe(403)
  expect(await User.count()).toBe(1)
  expect((await request('GET', `/invite/${code}`)).status).toBe(401)
  expect((await request('GET', '/invite/nonsense')).status).toBe(404)
})

test('two newcomers with the last use of an invite do not both come in', async () => {
  await close()
  const code = codeOf((await kith('invites', 'create', '--max-uses', '1')).out)
  const both = await Promise.all([sign('alice', code), sign('bob', code)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403])
})

test('an invite that failed for another reason is not used up', async () => {
  await close()
  const code = codeOf((await kith('invites', 'create', '--max-uses', '1')).out)
  expect((await sign('not a name', code)).status).toBe(422)
  expect((await Invite.findOne({ rejectOnEmpty: true })).uses).toBe(0)
})

test('people come by an invite to the form, and in by it', async () => {
  await close()
  const code = codeOf((await kith('invites', 'create', '--days', '2')).out)
  const browser = new Browser()
  const page = await browser.open(`/invite/${code}`, html)
  expect(page.url).toBe(`/sign-up?invite=${code}`)
  await browser.send('/sign-up', {
    username: 'alice',
    email: 'alice@mail.example',
    password: 'correct horse battery',
    agreement: 'on',
  })
  expect(await User.count()).toBe(1)
  shiftClock(3 * 86_400_000)
  expect((await new Browser().open(`/invite/${code}`, html)).status).toBe(401)
  expect((await new Browser().open(`/sign-up?invite=${code}`, html)).status).toBe(403)
})

test('invites are listed and revoked', async () => {
  const code = codeOf((await kith('invites', 'create', '--note', 'for friends')).out)
  expect((await kith('invites', 'list')).out).toMatch(new RegExp(`${code} +open +0 +for friends`))
  expect((await kith('invites', 'revoke', code)).code).toBe(0)
  expect((await kith('invites', 'list')).out).toMatch(new RegExp(`${code} +over`))
  expect((await kith('invites', 'create', '--max-uses', '0')).code).toBe(1)
  expect((await kith('invites', 'create', '--days', 'x')).code).toBe(1)
  expect((await kith('invites', 'revoke', 'nonsense')).code).toBe(1)
})
