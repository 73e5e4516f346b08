import { createHash } from 'node:crypto'
import { DomainRule } from '#core/instances/domain-rule.model'
import { Instance } from '#core/instances/instance.model'
import { Setting } from '#core/instances/setting.model'
import { cast, member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'
import { client } from '#test/support/client'

const decide = (settings: Record<string, unknown>) =>
  Setting.bulkCreate(
    Object.entries(settings).map(([key, value]) => ({ key, value })),
    { updateOnDuplicate: ['value'] },
  )
const read = async (path: string, app = client()) => {
  const { status, body } = await app.get(`/api/v1/${path}`)
  return status === 200 ? body : status
}

const WEEK = 7 * 86_400

test('INST-22 activity has twelve weeks, newest first, all in texts, and is 404 when switched off', async () => {
  const { alice } = await cast('alice', 'bob')
  await post(alice)
  await client(alice).get('/api/v1/preferences')
  const weeks = (await read('instance/activity')) as Record<string, string>[]
  expect(weeks).toHaveLength(12)
  expect(weeks[0]).toMatchObject({ statuses: '1', logins: '1', registrations: '2' })
  const starts = weeks.map(({ week }) => Number(week))
  expect(starts).toEqual(starts.map((_, at) => starts[0]! - at * WEEK))
  expect(new Date(starts[0]! * 1000).getUTCDay()).toBe(1)
  expect(weeks[11]).toMatchObject({ statuses: '0', logins: '0', registrations: '0' })
  await decide({ activity: false, peers: false })
  expect(await read('instance/activity')).toBe(404)
  expect(await read('instance/peers')).toBe(404)
  expect(await read('peers/search?q=far')).toBe(404)
})

test('MISC-17 servers are found by the beginning of their domain, at most ten', async () => {
  await Instance.bulkCreate(
    ['far.example', 'farm.example', 'near.example', 'far_.example'].map((domain) => ({ domain })),
  )
  await DomainRule.create({ domain: 'farm.example', severity: 'suspend' })
  expect(await read('peers/search?q=FAR')).toEqual(['far.example', 'far_.example'])
  expect(await read('peers/search?q=far_')).toEqual(['far_.example'])
  expect(await read('peers/search?q=%25')).toEqual([])
  expect(await read('peers/search')).toEqual([])
  await Instance.bulkCreate(Array.from({ length: 12 }, (_, at) => ({ domain: `many${at}.example` })))
  expect(await read('peers/search?q=many')).toHaveLength(10)
})

test('INST-23 blocked domains are told to whom the admins say, the reason too, and only those that count', async () => {
  const alice = client(await member('alice'))
  await DomainRule.bulkCreate([
    { domain: 'bad.example', severity: 'suspend', publicComment: 'spam' },
    { domain: 'loud.example', severity: 'silence' },
    { domain: 'odd.example', severity: 'noop' },
  ])
  const path = 'instance/domain_blocks'
  expect([await read(path), await read(path, alice)]).toEqual([404, 404])
  await decide({ domainBlocks: 'users' })
  expect(await read(path)).toBe(404)
  const digest = createHash('sha256').update('bad.example').digest('hex')
  const bad = { domain: 'bad.example', digest, severity: 'suspend', comment: null }
  expect(await read(path, alice)).toEqual([
    bad,
    expect.objectContaining({ severity: 'silence', comment: null }),
  ])
  await decide({ domainBlocks: 'all', domainBlockReasons: 'users' })
  expect((await read(path))[0]).toEqual(bad)
  expect((await read(path, alice))[0]).toEqual({ ...bad, comment: 'spam' })
})

test('INST-24 there are no terms of service until some are published, then each version has its day', async () => {
  const path = 'instance/terms_of_service'
  expect([await read(path), await read(`${path}/2026-01-01`)]).toEqual([404, 404])
  expect((await client().get('/terms-of-service')).status).toBe(404)
  await decide({
    terms: [
      { date: '2020-01-01', html: '<p>Old</p>' },
      { date: '2021-01-01', html: '<p>Now</p>' },
      { date: '2100-01-01', html: '<p>Later</p>' },
    ],
  })
  const now = {
    effective_date: '2021-01-01',
    effective: true,
    content: '<p>Now</p>',
    succeeded_by: '2100-01-01',
  }
  expect(await read(path)).toEqual(now)
  expect(await read(`${path}/2020-01-01`)).toMatchObject({ effective: false, succeeded_by: '2021-01-01' })
  expect(await read(`${path}/2100-01-01`)).toMatchObject({ effective: false, succeeded_by: null })
  expect([await read(`${path}/2020-01-02`), await read(`${path}/x`)]).toEqual([404, 404])
  const page = await client().get('/terms-of-service', { headers: { Accept: 'text/html' } })
  expect(page.body).toContain('<p>Now</p>')
  const { urls } = (await client().get('/api/v2/instance')).body.configuration
  expect(urls.terms_of_service).toMatch(/\/terms-of-service$/)
})

test('ID-10 notes of the admins say when they were changed, in whole seconds', async () => {
  expect(await read('instance/extended_description')).toEqual({ updated_at: null, content: '' })
  expect((await read('instance/privacy_policy')).updated_at).toMatch(/^[\d-]+T[\d:]+Z$/)
  await kith('config', 'set', 'about', '<p>Us</p>')
  await kith('config', 'set', 'privacy', '<p>Nothing is kept</p>')
  const [about, privacy] = [
    await read('instance/extended_description'),
    await read('instance/privacy_policy'),
  ]
  expect([about.content, privacy.content]).toEqual(['<p>Us</p>', '<p>Nothing is kept</p>'])
  for (const { updated_at: time } of [about, privacy]) {
    expect(time).toMatch(/T\d\d:\d\d:\d\dZ$/)
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000)
  }
})

test('MISC-16 nobody is asked for money', async () => {
  const { status, body } = await client(await member('alice')).get('/api/v1/donation_campaigns')
  expect([status, body]).toEqual([204, ''])
  expect((await client().get('/api/v1/donation_campaigns')).status).toBe(401)
})

test('languages that posts may be in are listed with their names', async () => {
  const all = await read('instance/languages')
  expect(all).toContainEqual({ code: 'de', name: 'German' })
  expect(all.length).toBeGreaterThan(150)
})
