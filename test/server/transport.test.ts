import { now } from '#platform/clock'
import { cast, member } from '#test/factories/account'
import { appClient, baseUrl, client, makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const own = '/api/v1/accounts/verify_credentials'
const lookup = '/api/v1/accounts/lookup'
const update = '/api/v1/accounts/update_credentials'

test('HTTP-01 answers are JSON in UTF-8, whatever is accepted', async () => {
  for (const Accept of [undefined, '*/*', 'application/json', 'text/html']) {
    const { headers } = await client().get('/api/v2/instance', { headers: Accept ? { Accept } : {} })
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  }
})

test('HTTP-02 parameters are read from the query and from every kind of body', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const multipart = new FormData()
  multipart.set('display_name', 'Three')
  expect((await app.patch(`${update}?display_name=One`)).body.display_name).toBe('One')
  expect((await app.patch(update, new URLSearchParams({ display_name: 'Two' }))).body.display_name).toBe(
    'Two',
  )
  expect((await app.patch(update, multipart)).body.display_name).toBe('Three')
  expect((await app.patch(update, { display_name: 'Four' })).body.display_name).toBe('Four')
})

test('HTTP-05, HTTP-07 a multipart form nests as every other body does', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const set = async (pairs: [string, string][]) => {
    const form = new FormData()
    for (const [name, value] of pairs) form.append(name, value)
    const { status, body } = await app.patch(update, form)
    expect(status).toBe(200)
    return body.source
  }
  const table = [
    { name: 'Site', value: 'mint', verified_at: null },
    { name: 'Tea', value: 'green', verified_at: null },
  ]
  const pairs = (keys: [string, string]): [string, string][] =>
    table.flatMap(({ name, value }, row) => [
      [`fields_attributes[${keys[row]}][name]`, name],
      [`fields_attributes[${keys[row]}][value]`, value],
    ])
  for (const keys of [
    ['0', '1'],
    ['3', '70'],
    ['', ''],
  ] as [string, string][]) {
    await set([
      ['fields_attributes[0][name]', 'Old'],
      ['fields_attributes[0][value]', 'x'],
    ])
    expect((await set(pairs(keys))).fields).toEqual(table)
  }
  expect(
    await set([
      ['source[privacy]', 'private'],
      ['source[language]', 'de'],
    ]),
  ).toMatchObject({
    privacy: 'private',
    language: 'de',
  })
})

test('HTTP-05 every item of a list in a multipart form counts', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const app = client(alice)
  const list = await app.post('/api/v1/lists', { title: 'Friends' })
  for (const name of ['bob', 'carol'])
    await app.post(`/api/v1/accounts/${{ bob, carol }[name]!.account.id}/follow`)
  const form = new FormData()
  for (const { account } of [bob, carol]) form.append('account_ids[]', account.id)
  expect((await app.post(`/api/v1/lists/${list.body.id}/accounts`, form)).status).toBe(200)
  expect((await app.get(`/api/v1/lists/${list.body.id}/accounts`)).body).toHaveLength(2)
})

test('HTTP-05 a list whose mark an app doubles is that list', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const asked = [bob, carol].map(({ account }) => `id[][]=${account.id}`).join('&')
  const { body } = await client(alice).get(`/api/v1/accounts/relationships?${asked}`)
  expect(body.map(({ id }: { id: string }) => id)).toEqual([bob.account.id, carol.account.id])
})

test('HTTP-12 a number in the name of a field makes no list of that length', async () => {
  const { alice } = await cast('alice')
  const form = new FormData()
  form.append('fields_attributes[4294967290]', 'x')
  form.append('fields_attributes[name]', 'x')
  const started = Date.now()
  expect((await client(alice).patch(update, form)).status).toBeLessThan(500)
  expect(Date.now() - started).toBeLessThan(3000)
})

test('HTTP-09 booleans come in many spellings, and a blank one is not given', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const set = async (locked: string) => (await app.patch(update, new URLSearchParams({ locked }))).body.locked
  for (const yes of ['true', '1', 'on', 'yes']) expect(await set(yes)).toBe(true)
  for (const no of ['false', '0', 'f', 'F', 'FALSE', 'off', 'OFF']) {
    await set('true')
    expect(await set(no)).toBe(false)
  }
  await set('true')
  expect(await set('')).toBe(true)
})

test('HTTP-12 what is no text or no JSON is refused and is never a fault of ours', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['write'], alice)
  const send = async (type: string, body: Uint8Array<ArrayBuffer> | string) =>
    (
      await fetch(`${await baseUrl()}${update}`, {
        method: 'PATCH',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
        body,
      })
    ).status
  expect(await send('application/json', '{"display_name": ')).toBe(400)
  expect(await send('application/json', new Uint8Array([0x22, 0xff, 0xfe, 0x22]))).toBeLessThan(500)
  expect(await send('application/x-www-form-urlencoded', 'display_name=%ff%fe')).toBeLessThan(500)
  expect(await send('application/x-www-form-urlencoded', 'display_name=a%00b')).toBeLessThan(500)
  expect(await send('multipart/form-data; boundary=x', 'nonsense')).toBeLessThan(500)
  expect(await send('application/json', '[1,2]')).toBeLessThan(500)
  expect(await send('application/json', '{"__proto__":{"admin":true},"constructor":{"a":1}}')).toBe(200)
})

test('HTTP-15 an unknown path of the API answers with an error object, HEAD as GET without a body', async () => {
  const { status, body } = await client().get('/api/v1/nothing')
  expect(status).toBe(404)
  expectEntity('Error', body)
  const head = await request('HEAD', '/api/v2/instance')
  expect([head.status, head.body]).toEqual([200, ''])
})

test('HTTP-18 answers for members are kept by nobody, and anonymous ones vary by who asks', async () => {
  const { alice } = await cast('alice')
  expect((await client(alice).get(own)).headers.get('cache-control')).toBe('private, no-store')
  expect((await client().get('/api/v2/instance')).headers.get('vary')).toMatch(/Authorization.*Origin/)
})

test('HTTP-19 every answer has an id of its own, errors too', async () => {
  const ids = await Promise.all(
    ['/api/v2/instance', '/api/v1/nothing', '/'].map(async (path) =>
      (await client().get(path)).headers.get('x-request-id'),
    ),
  )
  expect(new Set(ids).size).toBe(3)
  expect(ids).not.toContain(null)
})

test('CORS-01 the API is open to web apps of any origin, its errors too', async () => {
  const headers = { Origin: 'https://elk.example' }
  for (const path of ['/api/v2/instance', own, '/api/v1/nothing', `${lookup}?acct=nobody`]) {
    const answer = await client().get(path, { headers })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  }
})

test('CORS-02 a preflight needs no token and allows the headers that were asked for', async () => {
  const asked = 'authorization,content-type,idempotency-key'
  const { status, headers } = await request('OPTIONS', own, undefined, {
    headers: {
      Origin: 'https://elk.example',
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': asked,
    },
  })
  expect(status).toBe(204)
  expect(headers.get('access-control-allow-headers')).toBe(asked)
  expect(headers.get('access-control-allow-methods')).toContain('PATCH')
})

test('TRIP-32 CORS-03 web apps may read the links and limits of an answer', async () => {
  const { headers } = await client().get('/api/v2/instance', { headers: { Origin: 'https://elk.example' } })
  const exposed = headers.get('access-control-expose-headers')!.split(', ')
  for (const name of [
    'Link',
    'Mastodon-Async-Refresh',
    'X-RateLimit-Reset',
    'X-RateLimit-Limit',
    'X-RateLimit-Remaining',
    'X-Request-Id',
  ])
    expect(exposed).toContain(name)
})

test('ERR-02 without a token, or with an unknown one, members only means 401 and how to do better', async () => {
  const unknown = { headers: { Authorization: 'Bearer unknown' } }
  for (const { status, body, headers } of [await client().get(own), await client().get(own, unknown)]) {
    expect([status, body]).toEqual([401, { error: 'The access token is invalid' }])
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm=".+", error="invalid_token"/)
  }
})

test('ERR-03 where a token is optional an unknown one counts as none', async () => {
  await cast('alice')
  const unknown = { headers: { Authorization: 'Bearer unknown' } }
  expect((await client().get(`${lookup}?acct=alice`, unknown)).status).toBe(200)
})

test('ERR-04 the token may stand in the header or in a parameter', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  for (const query of [`access_token=${token}`, `bearer_token=${token}`])
    expect((await client().get(`${own}?${query}`)).status).toBe(200)
  expect((await client().get(own, { headers: { Authorization: `bearer ${token}` } })).status).toBe(200)
})

test('ERR-05 a token without the scope gives 403', async () => {
  const { alice } = await cast('alice')
  const { status, body } = await client(alice, ['read']).patch(update, { note: 'x' })
  expect([status, body]).toEqual([403, { error: 'This action is outside the authorized scopes' }])
})

test('ERR-06 an app in its own name is no member', async () => {
  const { status, body } = await appClient(['read']).get(own)
  expect([status, body]).toEqual([422, { error: 'This method requires an authenticated user' }])
})

test('ERR-07 a member whose log-in is not open is told why', async () => {
  const cases = [
    [{ user: { confirmedAt: null } }, 'Your login is missing a confirmed e-mail address'],
    [{ user: { approvedAt: null } }, 'Your login is currently pending approval'],
    [{ user: { disabledAt: now() } }, 'Your login is currently disabled'],
    [{ account: { suspendedAt: now() } }, 'Your login is currently disabled'],
  ] as const
  for (const [at, [state, error]] of cases.entries()) {
    const somebody = await member(`member${at}`, state)
    const { status, body } = await client(somebody).get(own)
    expect([status, body]).toEqual([403, { error }])
  }
})

test('CVE-2024-25108 a token of a staff member does only what its scopes say, and a plain one nothing of staff', async () => {
  const [admin, plain] = [await member('root', { user: { role: 'owner' } }), await member('alice')]
  expect((await client(admin, ['write:statuses']).patch(update, { note: 'x' })).status).toBe(403)
  for (const somebody of [client(admin, ['read', 'write']), client(plain, ['admin:read', 'admin:write'])])
    expect([401, 403, 404]).toContain((await somebody.get('/api/v1/admin/accounts')).status)
})

test('CVE-2023-43793 no spelling of a path goes past the question who is asking', async () => {
  const spellings = [
    '//api/v1/accounts/verify_credentials',
    '/api//v1/accounts/verify_credentials',
    '/API/v1/accounts/verify_credentials',
    '/api/v1/accounts/verify_credentials/',
    '/api/v1/accounts/verify_credentials.',
    '/api/v1/accounts/./verify_credentials',
    '/api/v1/x/../accounts/verify_credentials',
    '/api/v1/accounts%2fverify_credentials',
    '/api/v1/accounts/verify_credentials?_method=GET',
    '/settings//sessions',
    '/Settings/apps/',
  ]
  for (const path of spellings) {
    const answer = await fetch((await baseUrl()) + path, { redirect: 'manual' })
    expect([path, [301, 302, 303, 401, 403, 404].includes(answer.status)]).toEqual([path, true])
  }
})
