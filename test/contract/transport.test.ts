import { limits } from '#config/limits'
import { User } from '#core/auth/user.model'
import { mountRoutes } from '#server/mount'
import { cast, member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client, makeToken, request } from '#test/support/client'
import { nest } from '#server/params'
import { shapeOf } from './find-routes.ts'
import { offered } from './scope.ts'

const { list } = await mountRoutes()
const stated = new Map(list.map((route) => [shapeOf(route.method, route.path), route]))
const routeOf = (method: string, path: string) => stated.get(shapeOf(method, path))

test('HTTP-04 parameters that nobody knows are ignored, wherever they stand', async () => {
  const app = client(await member('alice'))
  const { status, body } = await app.post('/api/v1/statuses?colour=red', {
    status: 'hello',
    mood: { deep: ['x'] },
    'local-only': null,
  })
  expect([status, body.content]).toEqual([200, '<p>hello</p>'])
  expect((await app.get('/api/v1/timelines/home?_=1&fresh[]=yes')).status).toBe(200)
})

test('HTTP-06 HTTP-08 nested names make objects and lists of objects, and a repeated key starts the next one', async () => {
  const app = client(await member('alice'))
  const { poll } = (
    await app.post(
      '/api/v1/statuses',
      new URLSearchParams([
        ['status', 'which'],
        ['poll[options][]', 'a'],
        ['poll[options][]', 'b'],
        ['poll[expires_in]', '300'],
      ]),
    )
  ).body
  expect(poll.options.map(({ title }: { title: string }) => title)).toEqual(['a', 'b'])
  const pairs: [string, string][] = [
    ['k[][keyword]', 'x'],
    ['k[][whole_word]', 'true'],
    ['k[][keyword]', 'y'],
  ]
  expect(nest(pairs)).toEqual({ k: [{ keyword: 'x', whole_word: 'true' }, { keyword: 'y' }] })
})

test('HTTP-10 numbers and ids are read as numbers and as texts, and ids always go back as texts', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const { id } = await post(bob)
  for (const poll of [
    { options: ['a', 'b'], expires_in: 3600 },
    { options: ['a', 'b'], expires_in: '3600' },
  ])
    expect((await app.post('/api/v1/statuses', { status: 'x', poll })).body.poll.expired).toBe(false)
  const reply = await app.post('/api/v1/statuses', { status: 'y', in_reply_to_id: id })
  expect(reply.body.in_reply_to_id).toBe(id)
  // Ids of ours are greater than what a JSON number holds; those of clients that send numbers are smaller.
  const list = await app.post('/api/v1/lists', { title: 7 })
  expect([list.body.title, typeof list.body.id]).toEqual(['7', 'string'])
})

test('HTTP-13 creations answer 200', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const created = [
    await app.post('/api/v1/statuses', { status: 'hello' }),
    await app.post('/api/v1/lists', { title: 'friends' }),
    await app.post(`/api/v1/accounts/${bob.account.id}/follow`),
    await app.post('/api/v1/reports', { account_id: bob.account.id }),
    await app.post('/api/v2/filters', { title: 'a', context: ['home'] }),
    await request('POST', '/api/v1/apps', { client_name: 'a', redirect_uris: 'a://b' }),
  ]
  expect(created.map(({ status }) => status)).toEqual(created.map(() => 200))
})

test('HTTP-14 nothing to tell is two characters, or no body at all', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const { id } = (await app.post('/api/v1/lists', { title: 'friends' })).body
  const token = await makeToken(['write'], alice)
  const { headers, body } = await request('DELETE', `/api/v1/lists/${id}`, undefined, {
    headers: { Authorization: `Bearer ${token}` },
  })
  expect([headers.get('content-length'), body]).toEqual(['2', {}])
  expect((await app.get('/api/v1/donation_campaigns')).body).toBe('')
  const set = { name: 'Friends', sensitive: false, discoverable: true }
  const { collection } = (await app.post('/api/v1/collections', set)).body
  const gone = await app.delete(`/api/v1/collections/${collection.id}`)
  // masto.js takes an empty answer only when it names a type, as those of the reference server do.
  expect([gone.status, gone.body, gone.headers.get('content-type')]).toEqual([
    200,
    '',
    'text/html; charset=utf-8',
  ])
})

test('HTTP-16 PUT and PATCH of every update route are one', () => {
  const pairs = offered.filter(({ method }) => method === 'PUT' || method === 'PATCH')
  const apart = pairs.flatMap(({ method, path }) => {
    const other = method === 'PUT' ? 'PATCH' : 'PUT'
    if (!offered.some((each) => each.method === other && each.path === path)) return []
    const [one, two] = [routeOf(method, path), routeOf(other, path)]
    // What is not there at all is named by `npm run contract`.
    const isOne = one?.handler === two?.handler && one?.input === two?.input
    return isOne ? [] : [`${method} ${path}`]
  })
  expect(pairs.length).toBeGreaterThan(20)
  expect(apart).toEqual([])
})

test('HTTP-17 an ending .json is as good as none', async () => {
  expect((await request('GET', '/api/v2/instance.json')).body.domain).toBe('localhost:3000')
  const app = client(await member('alice'))
  expect((await app.get('/api/v1/timelines/home.json?limit=1')).body).toEqual([])
  expect((await app.get('/api/v1/nothing.json')).status).toBe(404)
})

test('HTTP-20 what is deprecated says since when', async () => {
  const since = [
    [/^\/api\/v1\/(instance$|filters)/, 1_668_384_000],
    [/^\/api\/v1\/suggestions$/, 1_621_123_200],
    [/^\/api\/v1\/(trends$|accounts\/:id\/identity_proofs)/, 1_648_598_400],
    [/^\/api\/v1_alpha\/(collections|accounts\/:\w+\/(collections|in_collections))/, 1_781_049_600],
  ] as const
  const wrong = offered.flatMap(({ method, path }) => {
    const [, at] = since.find(([pattern]) => pattern.test(path)) ?? []
    const route = routeOf(method, path)
    return at === undefined || !route || route.deprecated === at ? [] : [`${method} ${path}`]
  })
  expect(wrong).toEqual([])
  expect((await client().get('/api/v1/instance')).headers.get('deprecation')).toBe('@1668384000')
})

test('HTTP-21 errors are told in the language asked for, else of the member, else the first known one of Accept-Language', async () => {
  const { alice } = await cast('alice')
  const blank = (app: ReturnType<typeof client>, language = '') =>
    app.post('/api/v1/lists', {}, { headers: language ? { 'Accept-Language': language } : {} })
  expect((await blank(client(alice))).body.error).toMatch(/^Validation failed: /)
  await User.update({ locale: 'de' }, { where: { id: alice.user.id } })
  const german = await blank(client(alice), 'fr')
  expect(german.body.error).toMatch(/^Prüfung fehlgeschlagen: /)
  expect(german.headers.get('vary')).toContain('Accept-Language')
  // Apps like those on Mastodon.py say with each request which language they speak.
  for (const lang of ['es', 'es-MX'])
    for (const body of [{ lang }, new URLSearchParams({ lang })])
      expect((await client(alice).post('/api/v1/lists', body)).body.error).toMatch(/^La validación falló: /)
  expect((await client(alice).post('/api/v1/lists?lang=tlh')).body.error).toMatch(/^Prüfung fehlgeschlagen: /)
  const register = (language: string) =>
    request('POST', '/api/v1/apps', { client_name: 'x' }, { headers: { 'Accept-Language': language } })
  expect((await register('tlh, es;q=0.5, fr;q=0.8')).body.error).toMatch(/^La validation a échoué: /)
  expect((await register('tlh')).body.error).toMatch(/^Validation failed: /)
  // What clients match on is the same everywhere.
  expect((await client(alice).get('/api/v1/statuses/1')).body.error).toBe('Record not found')
})

test('CORS-04 CORS-06 discovery and profiles are open to web apps of any origin, without credentials', async () => {
  await cast('alice')
  const Origin = 'https://app.example'
  const paths = [
    '/.well-known/nodeinfo',
    '/.well-known/webfinger?resource=acct:alice@localhost:3000',
    '/.well-known/host-meta',
    '/.well-known/oauth-authorization-server',
    '/nodeinfo/2.0',
    '/nodeinfo/2.1',
    '/@alice',
    '/users/1',
    '/api/v2/instance',
  ]
  for (const path of paths) {
    const { headers } = await request('GET', path, undefined, { headers: { Origin } })
    expect([path, headers.get('access-control-allow-origin')]).toEqual([path, '*'])
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  }
})

test('ERR-11 a call without what it needs is 400 where the API says so', async () => {
  const { alice } = await cast('alice')
  const app = client(alice, ['read', 'write', 'follow', 'push', 'profile'])
  const wrong: string[] = []
  for (const { method, path, statusCodes, params, auth } of offered) {
    const needs = params.some(({ required, in: place }) => required && place !== 'path')
    if (!needs || !statusCodes.includes(400) || auth !== 'user' || path.startsWith('/api/web')) continue
    const verb = method.toLowerCase() as 'post'
    const { status } = await app[verb](path.replaceAll(/:\w+/g, '1'))
    if (status !== 400) wrong.push(`${method} ${path}: ${status}`)
  }
  expect(wrong).toEqual([])
})

test('INST-18 limits that are announced are those that are kept', async () => {
  const { post: words, poll, media } = limits
  const { configuration } = (await client().get('/api/v2/instance')).body
  expect(configuration.statuses).toMatchObject({ max_characters: 500, characters_reserved_per_url: 23 })
  const app = client(await member('alice'))
  const say = async (more: object) => (await app.post('/api/v1/statuses', { status: 'x', ...more })).status
  expect(await say({ status: 'x'.repeat(configuration.statuses.max_characters) })).toBe(200)
  expect(await say({ status: 'x'.repeat(words.characters + 1) })).toBe(422)
  const options = (count: number, length = 1) =>
    Array.from({ length: count }, (_, at) => String(at).padEnd(length, 'x'))
  const { max_options: most, max_characters_per_option: longest } = configuration.polls
  expect(await say({ poll: { options: options(most, longest), expires_in: 300 } })).toBe(200)
  expect(await say({ poll: { options: options(most + 1), expires_in: 300 } })).toBe(422)
  expect(await say({ poll: { options: options(2, longest + 1), expires_in: 300 } })).toBe(422)
  expect([most, longest]).toEqual([poll.options, poll.optionCharacters])
  expect(configuration.media_attachments.description_limit).toBe(media.description)
})

test('INST-19 TRIP-54 polls last from five minutes to a month, in seconds that fit 31 bits', async () => {
  const { polls } = (await client().get('/api/v2/instance')).body.configuration
  expect(polls).toMatchObject({ min_expiration: 300, max_expiration: 2_629_746 })
  const app = client(await member('alice'))
  const say = async (expires_in: number) =>
    (await app.post('/api/v1/statuses', { status: 'x', poll: { options: ['a', 'b'], expires_in } })).status
  const answers = [await say(299), await say(300), await say(2_629_746), await say(2_629_747)]
  expect(answers).toEqual([422, 200, 200, 422])
})
