import { instanceFigures } from '#federation/figures'
import { react } from '#core/reactions/react'
import { as, cast } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'
import { settle } from '#test/support/settle'

/** Every value in a JSON with the key it stands under. */
function* valuesIn(json: unknown, key = ''): Generator<[key: string, value: unknown]> {
  yield [key, json]
  if (typeof json === 'object' && json !== null)
    for (const [name, inner] of Object.entries(json)) yield* valuesIn(inner, Array.isArray(json) ? key : name)
}

/** Something of everything that a member sees, as JSON. */
async function muchOf() {
  const { alice, bob } = await cast('alice', 'bob')
  const [app, other] = [client(alice), client(bob)]
  const poll = { options: ['a', 'b'], expires_in: 3600 }
  const first = (await app.post('/api/v1/statuses', { status: 'which #bees @bob', poll })).body
  await app.put(`/api/v1/statuses/${first.id}`, { status: 'which one #bees @bob', poll })
  await other.post(`/api/v1/accounts/${alice.account.id}/follow`)
  await other.post('/api/v1/statuses', {
    status: '@alice this',
    in_reply_to_id: first.id,
    visibility: 'direct',
  })
  await as(bob, react, { postId: first.id })
  await app.post('/api/v1/lists', { title: 'friends' })
  await app.post('/api/v1/markers', { home: { last_read_id: first.id } })
  await app.post('/api/v2/filters', { title: 'a', context: ['home'], expires_in: 3600 })
  await settle()
  const paths = [
    'v1/timelines/home',
    'v1/notifications',
    'v2/notifications',
    'v1/conversations',
    `v1/statuses/${first.id}/context`,
    `v1/statuses/${first.id}/history`,
    'v1/accounts/verify_credentials',
    'v1/lists',
    'v1/markers?timeline[]=home',
    'v2/filters',
    'v2/search?q=alice',
    'v2/instance',
    'v1/instance',
    `v1/accounts/relationships?id[]=${bob.account.id}`,
  ]
  return Promise.all(paths.map(async (path) => (await app.get(`/api/${path}`)).body))
}

test('ID-01 ID-07 TRIP-09 TRIP-10 every id is a text, every time has three fraction digits and a Z, every count is a number', async () => {
  const all = [...valuesIn(await muchOf())]
  const ids = all.filter(
    ([key, value]) => /(^|_)id$/.test(key) && value !== null && key !== 'most_recent_notification_id',
  )
  expect(ids.length).toBeGreaterThan(40)
  expect(ids.filter(([, value]) => typeof value !== 'string')).toEqual([])
  const times = all.filter(([, value]) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
  expect(times.length).toBeGreaterThan(20)
  expect(times.filter(([, value]) => !/T\d\d:\d\d:\d\d\.\d{3}Z$/.test(value as string))).toEqual([])
  const counts = all.filter(([key]) => key.endsWith('_count'))
  expect(counts.length).toBeGreaterThan(20)
  expect(
    counts.filter(([key, value]) => typeof value !== 'number' && !(key === 'voters_count' && value === null)),
  ).toEqual([])
})

test('ID-03 ID-06 newer ids are greater by length and then as text, stay the same, and are never used again', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const made: string[] = []
  for (let at = 0; at < 5; at += 1) made.push((await post(alice)).id)
  const isGreater = (one: string, other: string) =>
    one.length === other.length ? one > other : one.length > other.length
  made.slice(1).forEach((id, at) => expect(isGreater(id, made[at]!)).toBe(true))
  const last = made.at(-1)!
  expect((await app.get(`/api/v1/statuses/${last}`)).body.id).toBe(last)
  await app.delete(`/api/v1/statuses/${last}`)
  const next = (await app.post('/api/v1/statuses', { status: 'again' })).body.id
  expect(isGreater(next, last)).toBe(true)
  expect((await app.get(`/api/v1/statuses/${last}`)).status).toBe(404)
})

test('TRIP-04 no text is null where apps expect one', async () => {
  const texts = new Set([
    'content',
    'spoiler_text',
    'username',
    'acct',
    'display_name',
    'note',
    'url',
    'avatar',
    'header',
    'visibility',
  ])
  const blank = [...valuesIn(await muchOf())].filter(
    ([key, value]) => texts.has(key) && value === null && key !== 'url',
  )
  expect(blank).toEqual([])
})

test('INST-02 TRIP-22 TRIP-23 TRIP-24 TRIP-30 TRIP-31 TRIP-57 NodeInfo says what this is, in a way that every app can read', async () => {
  const { links } = (await request('GET', '/.well-known/nodeinfo')).body
  const address = links.find(({ rel }: { rel: string }) => rel.endsWith('/2.0')).href
  expect(new URL(address).pathname).toBe('/nodeinfo/2.0')
  const { body } = await request('GET', '/nodeinfo/2.0', undefined, {
    headers: { Origin: 'https://elk.example' },
  })
  expect(body).toMatchObject({
    version: '2.0',
    software: { name: 'kith', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    protocols: ['activitypub'],
    openRegistrations: true,
    metadata: { upstream: { name: 'mastodon' } },
  })
  expect(Array.isArray(body.metadata)).toBe(false)
  expect(body.usage.users).toEqual((await instanceFigures()).users)
  expect((await request('GET', '/nodeinfo/2.1')).body).toMatchObject({
    version: '2.1',
    software: { name: 'kith' },
    metadata: { upstream: { name: 'mastodon' } },
  })
})

test('TRIP-14 TRIP-15 TRIP-42 TRIP-58 the version is that of Mastodon first, and names no other software', async () => {
  for (const path of ['/api/v1/instance', '/api/v2/instance']) {
    const { version } = (await client().get(path)).body
    expect(Number(version.slice(0, 3))).toBeGreaterThanOrEqual(4)
    expect(version).toMatch(/^4\.\d+\.\d+\+kith-/)
    expect(version).not.toMatch(/compatible|glitch|hometown|pleroma|akkoma|pixelfed|iceshrimp/i)
  }
})

test('INST-20 TRIP-21 the instance answers anybody, whatever token they bring, and says where streams are', async () => {
  for (const path of ['/api/v1/instance', '/api/v2/instance']) {
    const headers = { Authorization: 'Bearer nonsense' }
    const { status, body } = await request('GET', path, undefined, { headers })
    expect(status).toBe(200)
    expect(body.configuration.urls?.streaming ?? body.urls.streaming_api).toMatch(/^wss?:\/\/[^/]+$/)
  }
})
