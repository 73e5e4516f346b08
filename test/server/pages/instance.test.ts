import { load } from 'cheerio'
import { Setting } from '#core/instances/setting.model'
import { now } from '#platform/clock'
import { findAsset, script, styles } from '#server/pages/assets'
import { member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { request } from '#test/support/client'

const asBrowser = { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }
const open = async (path: string) => {
  const reply = await request('GET', path, undefined, asBrowser)
  return { ...reply, $: load(String(reply.body)) }
}
const decide = (settings: Record<string, unknown>) =>
  Setting.bulkCreate(Object.entries(settings).map(([key, value]) => ({ key, value })))

test('the front page of a new server greets with its domain and lets newcomers ask to join', async () => {
  const { status, headers, $ } = await open('/')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect($('h1').text()).toBe('Welcome to localhost:3000')
  expect($('a[href="/sign-up"]').length).toBeGreaterThan(0)
})

test('the front page says what the admins decided, and counts members and their posts', async () => {
  const { account } = await member('bea', { account: { postsCount: 3, displayName: 'Bea' } })
  await decide({
    title: 'Harbour',
    description: 'For <friends>',
    registrations: 'closed',
    rules: [{ id: '1', text: 'Be kind', hint: '' }],
    contactAccountId: account.id,
  })
  await member('tom', { account: { postsCount: 4 }, user: { confirmedAt: null } })
  const { $ } = await open('/')
  expect($('h1').text()).toBe('Welcome to Harbour')
  expect($('.lead').text()).toBe('For <friends>')
  expect($('.rules').text()).toContain('Be kind')
  expect($('.contact a').text()).toBe('Bea')
  expect($('a[href="/sign-up"]').length).toBe(0)
  expect(
    $('.figures dd')
      .toArray()
      .map((one) => $(one).text()),
  ).toEqual(['1', '3', '0'])
})

test('the front page shows what members lately said to everybody, and nothing from elsewhere', async () => {
  const [bea, tom] = [await member('bea'), await stranger('tom')]
  await post(bea, { text: 'good morning' })
  await post(bea, { text: 'psst', visibility: 'unlisted' })
  await post(tom, { text: 'from afar', uri: 'https://remote.example/p/1' })
  const { $ } = await open('/')
  expect($('.posts .prose').text().trim()).toBe('good morning')
})

test('a contact who was suspended is no longer named, and the pages go on', async () => {
  const { account } = await member('bea', { account: { suspendedAt: now() } })
  await decide({ contactAccountId: account.id, contactEmail: 'hello@harbour.example' })
  const { status, $ } = await open('/about')
  expect([status, $('.contact .person').length, $('.contact a').text()]).toEqual([
    200,
    0,
    'hello@harbour.example',
  ])
})

test('the privacy page has notes of its own until the admins write theirs', async () => {
  const usual = await open('/privacy-policy')
  expect(usual.$('.prose h2').first().text()).toBe('What is kept')
  await decide({ privacyHtml: '<p>Ours</p>', privacyUpdatedAt: '2026-03-01T00:00:00.000Z' })
  const own = await open('/privacy-policy')
  expect(own.$('.prose').text().trim()).toBe('Ours')
  expect(own.$('time').attr('datetime')).toBe('2026-03-01T00:00:00.000Z')
})

test('every page is dressed so that nothing foreign runs, frames or guesses (W1, W2)', async () => {
  const { headers } = await open('/')
  const policy = headers.get('content-security-policy')!
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(policy).toContain(rule)
  expect(policy).not.toContain('unsafe')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  // Web apps open the log-in in a window and wait for it to come back.
  const logIn = await open('/log-in')
  expect(logIn.headers.get('cross-origin-opener-policy')).toBeNull()
  expect(headers.get('cache-control')).toBe('public, max-age=30')
})

test('style and script are served under the names that pages use, for ever', async () => {
  const { $ } = await open('/')
  expect($('link[rel=stylesheet]').attr('href')).toBe(styles.path)
  for (const asset of [styles, script]) {
    const reply = await request('GET', asset.path)
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
      200,
      asset.type,
      'public, max-age=31536000, immutable',
    ])
    expect(reply.body).toBe(asset.body.toString())
  }
})

test('an asset under an older name is not found', async () => {
  const { status } = await request('GET', '/assets/kith.000000000000.css')
  expect([status, findAsset('/assets/kith.000000000000.css')]).toEqual([404, undefined])
})

test('HTTP-15 people who ask for nothing that exists get a page, and programs an object', async () => {
  const page = await open('/nothing/here')
  expect([page.status, page.$('h1').text()]).toEqual([404, 'Nothing to be found here'])
  expect(page.$('code').text()).toBe(page.headers.get('x-request-id'))
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const program = await request('GET', '/nothing/here', undefined, { headers: { Accept: '*/*' } })
  expect([program.status, program.body]).toEqual([404, { error: 'Record not found' }])
  const api = await open('/api/v1/nothing')
  expect([api.status, api.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8'])
})

test('a hostile address is neither run nor repeated by the page that refuses it', async () => {
  const { status, body } = await open('/%22%3E%3Cscript%3Ealert(1)%3C/script%3E')
  expect(status).toBe(404)
  expect(body).not.toContain('alert(1)')
})

test('an address that cannot be decoded is a bad request, not a fault of ours', async () => {
  const { status } = await open('/%E0%A4%A')
  expect(status).toBeLessThan(500)
})

test('crawlers are kept out of what is nobody else’s business, and password managers find the form', async () => {
  const robots = await request('GET', '/robots.txt')
  expect([robots.status, robots.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(robots.body).toContain('Disallow: /settings\n')
  const form = await request('GET', '/.well-known/change-password')
  expect([form.status, form.headers.get('location')]).toEqual([302, '/settings/password'])
})

test('who asks for pages without end is asked to slow down, in words (threats 11)', async () => {
  let reply = await open('/robots.txt')
  for (let count = 0; count < 300 && reply.status === 200; count += 1) reply = await open('/privacy-policy')
  expect([reply.status, reply.$('h1').text()]).toEqual([429, 'A little slower, please'])
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
})
