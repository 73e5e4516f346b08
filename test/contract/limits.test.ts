import { mountRoutes } from '#server/mount'
import { limitTerms } from '#server/middleware/rate-limits'
import { cast, member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { shapeOf } from './find-routes.ts'

const { list } = await mountRoutes()
const limitOf = (named: string) => {
  const [method = '', path = ''] = named.split(' ')
  return list.find((route) => shapeOf(route.method, route.path) === shapeOf(method, `/api${path}`))?.limit
}

const MINUTES = 60
const HOURS = 3600

test('RATE-02 RATE-03 RATE-06 RATE-07 POST-22 uploads, deletions, posts, follows, reports and mails are counted apart', () => {
  const counted = {
    uploads: [30, 30 * MINUTES, ['POST /v1/media', 'POST /v2/media']],
    deleting: [30, 30 * MINUTES, ['DELETE /v1/statuses/:id', 'POST /v1/statuses/:id/unreblog']],
    posting: [300, 3 * HOURS, ['POST /v1/statuses', 'PUT /v1/statuses/:id', 'POST /v1/statuses/:id/reblog']],
    follows: [400, 24 * HOURS, ['POST /v1/accounts/:id/follow', 'POST /v1/tags/:name/follow']],
    reports: [400, 24 * HOURS, ['POST /v1/reports']],
    'confirmations-user': [5, 30 * MINUTES, ['POST /v1/emails/confirmations']],
    confirmations: [25, 5 * MINUTES, []],
  } as const
  for (const [name, [points, seconds, routes]] of Object.entries(counted)) {
    expect([name, limitTerms(name as keyof typeof counted)]).toEqual([name, { points, seconds }])
    for (const route of routes) expect([route, limitOf(route)]).toEqual([route, name])
  }
})

test('RATE-03 RATE-10 deletions and withdrawn boosts are counted together, and the one too many is told in headers', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  for (let at = 0; at < 29; at += 1) await app.delete('/api/v1/statuses/1')
  const { id } = await post(bob)
  const last = await app.post(`/api/v1/statuses/${id}/unreblog`)
  expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([200, '0'])
  const over = await app.delete('/api/v1/statuses/1')
  expect([over.status, over.body, over.headers.get('x-ratelimit-limit')]).toEqual([
    429,
    { error: 'Too many requests' },
    '30',
  ])
  expect(over.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  expect((await app.get('/api/v1/preferences')).status).toBe(200)
})

test('INST-27 WebFinger finds members by handle and by address, and says which way somebody is not there', async () => {
  const { account } = await member('alice')
  const gone = await member('zoe', { account: { suspendedAt: new Date(), goneAt: new Date() } })
  const find = (resource: string) =>
    client().get(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)
  const { body } = await find('acct:alice@localhost:3000')
  expect(body.subject).toBe('acct:alice@localhost:3000')
  for (const address of body.aliases) expect((await find(address)).body.subject).toBe(body.subject)
  expect(body.aliases.length).toBeGreaterThan(0)
  expect((await find('acct:nobody@localhost:3000')).status).toBe(404)
  expect((await find('acct:alice@elsewhere.example')).status).toBe(404)
  expect((await client().get('/.well-known/webfinger')).status).toBe(400)
  expect((await find(`acct:${gone.account.username}@localhost:3000`)).status).toBe(410)
  expect(body.links.map(({ href }: { href?: string }) => href)).toContain(
    `http://localhost:3000/users/${account.id}`,
  )
})

test('HostMeta says where WebFinger is, to those who ask for JSON too', async () => {
  const { body, headers } = await client().get('/.well-known/host-meta')
  expect(headers.get('content-type')).toContain('application/xrd+xml')
  expect(body).toContain('/.well-known/webfinger?resource={uri}')
  const json = await client().get('/.well-known/host-meta', { headers: { Accept: 'application/json' } })
  expect(json.body.links[0].template).toContain('/.well-known/webfinger?resource={uri}')
})
