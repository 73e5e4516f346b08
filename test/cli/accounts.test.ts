import { AccountKey } from '#core/accounts/account-key.model'
import { keysOf } from '#core/accounts/account-keys'
import { Session } from '#core/auth/session.model'
import { User } from '#core/auth/user.model'
import { isPassword } from '#platform/passwords'
import { member } from '#test/factories/account'
import { browserOf, memberWithPassword, password } from '#test/factories/log-in'
import { kith } from '#test/support/cli'
import { request } from '#test/support/client'
import { mails } from '#test/support/mails'
import { settle } from '#test/support/settle'

const create = (...words: string[]) =>
  kith('accounts', 'create', 'alice', '--email', 'alice@mail.example', ...words)

beforeEach(async () => void (await mails()))

test('accounts create makes the owner and prints the new password on a line of its own', async () => {
  const { code, out } = await create('--role', 'owner', '--confirmed')
  expect(code).toBe(0)
  const [, password = ''] = /^New password: (\S+)\n$/.exec(out) ?? []
  const user = await User.findOne({ rejectOnEmpty: true })
  expect(user).toMatchObject({ role: 'owner', email: 'alice@mail.example' })
  expect([user.confirmedAt, user.approvedAt]).not.toContain(null)
  expect(await isPassword(password, user.passwordHash)).toBe(true)
})

test('accounts create prints nothing when the password was given', async () => {
  const { code, out } = await create('--password', 'correct horse battery', '--confirmed')
  expect([code, out]).toEqual([0, ''])
})

test('accounts create without --confirmed mails a link, and takes reserved names', async () => {
  await kith('accounts', 'create', 'admin', '--email', 'admin@mail.example')
  expect((await User.findOne({ rejectOnEmpty: true })).confirmedAt).toBeNull()
  await settle()
  expect((await mails()).map(({ to }) => to)).toEqual(['admin@mail.example'])
})

test('accounts create says what is wrong: exit code 1 for values, 2 for usage', async () => {
  await create('--confirmed')
  const taken = await create()
  expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('Username has already been taken')])
  expect((await kith('accounts', 'create', 'bob')).code).toBe(2)
  expect((await kith('accounts', 'create')).code).toBe(2)
  expect((await create('--role', 'king')).code).toBe(2)
})

test('accounts promote and approve change what a member may do, at once', async () => {
  const bob = await member('bob', { user: { approvedAt: null } })
  expect((await kith('accounts', 'approve', 'bob')).code).toBe(0)
  expect((await kith('accounts', 'promote', '@Bob', 'moderator')).out).toBe(
    '@Bob: user before, moderator now\n',
  )
  await bob.user.reload()
  expect([bob.user.role, bob.user.approvedAt === null]).toEqual(['moderator', false])
  expect((await kith('accounts', 'promote', 'bob', 'king')).code).toBe(2)
  expect((await kith('accounts', 'promote', 'nobody', 'admin')).code).toBe(1)
  await settle()
  expect((await mails()).map(({ subject }) => subject)).toEqual([expect.stringContaining('Welcome')])
})

test('accounts disable ends every session and closes the log-in; accounts enable opens it again', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  expect((await kith('accounts', 'disable', 'alice')).out).toContain('logged out')
  expect(await Session.count()).toBe(0)
  expect((await browser.open('/settings')).url).toMatch(/^\/log-in/)
  const logIn = () => browser.send('/log-in', { identifier: 'alice', password })
  expect((await logIn()).status).toBe(403)
  expect((await kith('accounts', 'enable', 'alice')).code).toBe(0)
  expect((await logIn()).url).toBe('/settings')
  expect((await kith('accounts', 'disable', 'nobody')).code).toBe(1)
})

test('tokens create prints a token that works, alone on a line', async () => {
  await member('alice')
  const { code, out } = await kith('tokens', 'create', 'alice', '--scopes', 'read')
  expect([code, /^\S{20,}\n$/.test(out)]).toEqual([0, true])
  const headers = { Authorization: `Bearer ${out.trim()}` }
  const { body } = await request('GET', '/api/v1/accounts/verify_credentials', undefined, { headers })
  expect(body.username).toBe('alice')
  expect((await request('POST', '/api/v1/emails/confirmations', {}, { headers })).status).toBe(403)
})

test('tokens create gives read write follow push, and staff scopes to staff only', async () => {
  await member('alice')
  await member('root', { user: { role: 'owner' } })
  const scopesOf = async (...words: string[]): Promise<string> => {
    const { out } = await kith('tokens', 'create', ...words, '--json')
    return JSON.parse(out).scopes.join(' ')
  }
  expect(await scopesOf('alice')).toBe('read write follow push')
  expect(await scopesOf('root', '--scopes', 'read admin:read')).toBe('read admin:read')
  expect(await scopesOf('alice', '--scopes', 'read admin:read')).toBe('read')
})

test('tokens create says what is wrong', async () => {
  await member('alice')
  for (const words of [['nobody'], ['alice', '--scopes', 'fly'], ['alice', '--scopes', '']])
    expect((await kith('tokens', 'create', ...words)).code).toBe(1)
})

test('doctor finds everything well in a fresh house, except that mails go nowhere', async () => {
  const { code, out } = await kith('doctor', '--json')
  const findings = JSON.parse(out) as { area: string; verdict: string }[]
  expect(findings.filter(({ verdict }) => verdict === 'failure')).toEqual([])
  expect(code).toBe(0)
  expect(findings.find(({ area }) => area === 'mail')?.verdict).toBe('warning')
  expect((await kith('doctor')).out).toContain('PostgreSQL')
})

test('accounts rotate-key gives a member a new key and tells other servers', async () => {
  const { account } = await member('alice')
  const { publicPem } = await keysOf(account.id)
  const { code, out } = await kith('accounts', 'rotate-key', 'alice')
  expect([code, out]).toEqual([0, 'alice signs with a new key from now on.\n'])
  const row = await AccountKey.findByPk(account.id, { rejectOnEmpty: true })
  expect(row.publicPem).not.toBe(publicPem)
  expect((await kith('accounts', 'rotate-key', 'nobody')).code).toBe(1)
})
