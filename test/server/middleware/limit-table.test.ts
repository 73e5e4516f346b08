import { Medium } from '#core/media/medium.model'
import { proxyUrl } from '#core/media/medium-addresses'
import { Setting } from '#core/instances/setting.model'
import { instance } from '#config/instance'
import { limitTerms, takeLimit } from '#server/middleware/rate-limits'
import type { LimitName } from '#server/routes'
import { member, stranger } from '#test/factories/account'
import { memberWithPassword } from '#test/factories/log-in'
import { makeToken, request } from '#test/support/client'
import { mails } from '#test/support/mails'
import { Browser } from '#test/support/plain-browser'
import { settle } from '#test/support/settle'

/** Where a call comes from, and the token it brings. */
type Caller = { from: string; token: string }
type Call = (caller: Caller) => Promise<number>

const api =
  (method: string, path: string, body?: object): Call =>
  async ({ from, token }) => {
    const headers = { 'X-Forwarded-For': from, ...(token ? { Authorization: `Bearer ${token}` } : {}) }
    return (await request(method, path, body, { headers })).status
  }

const form =
  (path: string, fields: Record<string, string>): Call =>
  async ({ from }) => {
    const browser = new Browser()
    await browser.open('/log-in', { 'X-Forwarded-For': `198.51.100.${(opened += 1) % 250}` })
    const _csrf = browser.page!.$('input[name=_csrf]').attr('value')!
    return (await browser.post(path, { _csrf, ...fields }, { 'X-Forwarded-For': from })).status
  }
let opened = 0

const picture: Call = async (caller) => {
  const { id: ownerId } = await stranger(`far${(opened += 1)}`)
  const remoteUrl = 'http://127.0.0.1:9/a.jpg'
  const { id } = await Medium.create({ ownerId, state: 'remote', kind: 'image', remoteUrl })
  return api('GET', proxyUrl(id, 'original').slice(instance.origin.length))(caller)
}

const search = '/api/v2/search?resolve=true&q=https://nowhere.invalid/1'

/** Every limit, whom it counts, and a call that it stops: one that no route counts against would fail here. */
const table: Record<LimitName, { by: 'address' | 'member' | 'newcomer' | 'app'; call: Call }> = {
  posting: { by: 'member', call: api('POST', '/api/v1/statuses', { status: 'x' }) },
  deleting: { by: 'member', call: api('DELETE', '/api/v1/statuses/1') },
  uploads: { by: 'member', call: api('POST', '/api/v2/media', {}) },
  follows: { by: 'member', call: api('POST', '/api/v1/accounts/1/follow') },
  reports: { by: 'member', call: api('POST', '/api/v1/reports', {}) },
  resolves: { by: 'member', call: api('GET', search) },
  'confirmations-user': { by: 'newcomer', call: api('POST', '/api/v1/emails/confirmations', { email: '@' }) },
  'sign-up': { by: 'app', call: api('POST', '/api/v1/accounts', {}) },
  apps: { by: 'address', call: api('POST', '/api/v1/apps', {}) },
  tokens: { by: 'address', call: api('POST', '/oauth/token', {}) },
  pages: { by: 'address', call: api('GET', '/about') },
  confirmations: { by: 'address', call: form('/sign-up/resend', { email: 'nobody@mail.example' }) },
  resets: { by: 'address', call: form('/forgot-password', { email: 'nobody@mail.example' }) },
  'media-proxy': { by: 'address', call: picture },
}

async function exhaust(name: LimitName, key: string): Promise<void> {
  const { points } = limitTerms(name)
  await Promise.allSettled(Array.from({ length: points + 1 }, () => takeLimit(name, key)))
}

test('CVE-2025-54879: every limit of the table stops a call that there is, and whom it counts cannot be changed by calling from elsewhere', async () => {
  const [alice, newcomer] = [await member('alice'), await member('new', { user: { confirmedAt: null } })]
  const scopes = ['read', 'write', 'follow']
  const tokens = {
    address: '',
    member: await makeToken(scopes, alice),
    newcomer: await makeToken(scopes, newcomer),
    app: await makeToken(scopes),
  }
  const users: Partial<Record<string, string>> = { member: alice.user.id, newcomer: newcomer.user.id }
  const found = []
  for (const [at, name] of (Object.keys(table) as LimitName[]).entries()) {
    const { by, call } = table[name]
    const network = `2001:db8:0:${(at + 1).toString(16)}`
    const token = tokens[by]
    const before = await call({ from: `${network}::1`, token })
    await exhaust(name, users[by] ?? network)
    const elsewhere = users[by] ? `203.0.113.${at}` : `${network}:ffff::2`
    found.push({ name, isOpen: before !== 429, after: await call({ from: elsewhere, token }) })
  }
  expect(found).toEqual(Object.keys(table).map((name) => ({ name, isOpen: true, after: 429 })))
})

const victim = 'victim@mail.example'
const draft = { password: 'correct horse battery staple', agreement: true, locale: 'en' }
let calls = 0
const from = () => `203.0.113.${(calls += 1) % 250}`

/** Signs somebody up with an address, from an address of the network that nobody had before; gives the token. */
async function signUp(username: string, email: string) {
  const headers = { Authorization: `Bearer ${await makeToken(['read', 'write'])}`, 'X-Forwarded-For': from() }
  const { status, body } = await request(
    'POST',
    '/api/v1/accounts',
    { ...draft, username, email },
    { headers },
  )
  return { status, token: String(body.access_token) }
}

/** How many mails went to a mailbox, whatever tag it was written with. */
async function mailsTo(mailbox: string): Promise<number> {
  await settle()
  return (await mails()).filter(({ to }) => to.toLowerCase().replace(/\+[^@]*/, '') === mailbox).length
}

test('CVE-2025-54879: five links to confirm it go to one mailbox, by whichever way and from wherever they are asked for', async () => {
  await Setting.create({ key: 'registrations', value: 'open' })
  await mails()
  const resend = (email: string) => form('/sign-up/resend', { email })({ from: from(), token: '' })
  const change = (token: string, email: string) =>
    api('POST', '/api/v1/emails/confirmations', { email })({ from: from(), token })
  let sent = 0
  const { token } = await signUp('one', victim)
  sent += await mailsTo(victim)
  for (const email of [victim, victim.toUpperCase()]) {
    expect(await resend(email)).toBe(200)
    sent += await mailsTo(victim)
  }
  expect(await change(token, 'Victim+one@mail.example')).toBe(200)
  sent += await mailsTo(victim)
  expect((await signUp('two', victim)).status).toBe(200)
  sent += await mailsTo(victim)
  expect(sent).toBe(5)
  expect(await resend(victim)).toBe(429)
  expect(await change(token, 'victim+two@mail.example')).toBe(429)
  expect((await signUp('three', 'victim+three@mail.example')).status).toBe(429)
  expect(await mailsTo(victim)).toBe(0)
  expect((await signUp('four', 'other@mail.example')).status).toBe(200)
})

test('CVE-2025-54879: three links for a new password go to one mailbox in an hour, known or not, from wherever', async () => {
  await memberWithPassword('victim')
  await mails()
  for (const mailbox of [victim, 'nobody@mail.example']) {
    const statuses = []
    const tagged = mailbox.replace('@', '+x@')
    for (const email of [mailbox, mailbox.toUpperCase(), ` ${mailbox}`, mailbox, tagged])
      statuses.push(await form('/forgot-password', { email })({ from: from(), token: '' }))
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  }
})
