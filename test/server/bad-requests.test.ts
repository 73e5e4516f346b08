import { mountRoutes } from '#server/mount'
import { cast, member } from '#test/factories/account'
import { makeToken } from '#test/support/client'
import { flawOf, flawsAmong } from '#test/support/flaws'
import { type RawRequest, sendRaw } from '#test/support/raw-request'

const { list } = await mountRoutes()

const bearer = async () => {
  const { alice } = await cast('alice')
  return { authorization: `Bearer ${await makeToken(['read', 'write'], alice)}` }
}

test('HTTP-12 bodies that are broken, too large, too deep or of a wrong type are refused', async () => {
  const headers = await bearer()
  const path = '/api/v1/statuses'
  const send = async (type: string, body: string | Buffer, more: RawRequest['headers'] = {}) => {
    const asked = { method: 'POST', path, headers: { ...headers, 'content-type': type, ...more }, body }
    const reply = await sendRaw(asked)
    expect([type, flawOf(asked, reply)]).toEqual([type, undefined])
    return reply.status
  }
  const json = 'application/json'
  const multipart = 'multipart/form-data; boundary=x'
  for (const body of ['{', '{"status":', '{"status":"a"}}', "{'status':1}", 'NaN', '{"a":1e99999'])
    expect(await send(json, body)).toBe(400)
  expect(await send(json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe(422)
  for (const body of ['', 'null', '[]', '"status"', '1', '{}'])
    expect([body, await send(json, body)]).toEqual([body, body === '' || /^[[{]/.test(body) ? 422 : 400])
  const large = 'x'.repeat(1_100_000)
  expect(await send(json, JSON.stringify({ status: large }))).toBe(413)
  expect(await send('application/x-www-form-urlencoded', `status=${large}`)).toBe(413)
  for (const body of [
    `{"status":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
    `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`,
  ])
    expect(await send(json, body)).toBe(422)
  expect(await send('application/x-www-form-urlencoded', `status${'[a]'.repeat(200_000)}=1`)).toBe(422)
  expect(await send('application/x-www-form-urlencoded', 'a[]=1&'.repeat(150_000))).toBe(422)
  for (const body of [
    '',
    '--x',
    '--x\r\n\r\n',
    '--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--',
    '--x\r\nContent-Disposition: form-data; name="status"\r\n\r\na',
  ])
    expect(await send(multipart, body)).toBeLessThan(423)
  expect(await send('multipart/form-data', 'x')).toBe(400)
  expect(await send(json, '{}', { 'content-encoding': 'nonsense' })).toBe(415)
  expect(await send(json, 'x', { 'content-encoding': 'gzip' })).toBe(400)
  expect(await send('application/json; charset=klingon', '{}')).toBe(415)
  for (const type of [
    '',
    ';',
    'x',
    'text/plain',
    'application/xml',
    'image/png',
    'application/json;;',
    `a/${'b'.repeat(4000)}`,
  ])
    expect([type, await send(type, '<x/>')]).toEqual([type, type.startsWith('application/json') ? 400 : 422])
})

test('HTTP-15 every path of the API that is none answers 404 in JSON, whatever the method', async () => {
  const headers = await bearer()
  const paths = [
    '/api',
    '/api/',
    '/api/v1',
    '/api/v9/x',
    '/api/v1/statuses/1/x/y',
    '/api/v1/%ff',
    '/api/v1/accounts/%',
    '/api//v1',
    '/api/v1/../../x',
    '/api/v1/accounts/1%2f2',
    '/api/v1/streaming/x/y',
  ]
  for (const path of paths)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE', 'SEARCH'])
      for (const accept of ['text/html', '*/*']) {
        const asked = { method, path, headers: { ...headers, accept } }
        const reply = await sendRaw(asked)
        const isRight = path.includes('%') ? [400, 404].includes(reply.status) : reply.status === 404
        expect({ method, path, isRight, status: reply.status, flaw: flawOf(asked, reply) }).toMatchObject({
          isRight: true,
          flaw: undefined,
        })
      }
})

test('HTTP-15 HEAD answers every route that is read as GET does, without a body', async () => {
  const headers = await bearer()
  for (const { path: stated } of list.filter(({ method }) => method === 'get')) {
    const path = stated.replaceAll(/:\w+/g, '1')
    const [head, get] = [
      await sendRaw({ method: 'HEAD', path, headers }),
      await sendRaw({ method: 'GET', path, headers }),
    ]
    expect({ path, status: head.status, text: head.text, type: head.headers['content-type'] }).toEqual({
      path,
      status: get.status,
      text: '',
      type: get.headers['content-type'],
    })
  }
})

test('CORS-02 OPTIONS of every route says what may be sent, and does nothing', async () => {
  for (const { path: stated } of list.filter(({ path }) => path.startsWith('/api'))) {
    const path = stated.replaceAll(/:\w+/g, '1')
    const asked = {
      method: 'OPTIONS',
      path,
      headers: { origin: 'https://elk.example', 'access-control-request-headers': 'authorization' },
    }
    const reply = await sendRaw(asked)
    expect([path, reply.status, reply.text]).toEqual([path, 204, ''])
  }
})

test('headers that are doubled, empty, endless or nonsense make no fault of ours', async () => {
  const { authorization } = await bearer()
  const odd: Record<string, string | string[]>[] = [
    { authorization: [authorization, authorization] },
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: `Bearer ${'x'.repeat(9000)}` },
    { authorization: 'Basic %%%' },
    { authorization: 'Bearer \u00ff\u00fe' },
    { cookie: ['a=b', 'a=c', '=', ';;;', '%ff=%'] },
    { accept: ['text/html', 'application/json', ';q=x', 'a/b/c'] },
    { accept: ','.repeat(5000) },
    { range: 'bytes=-1-,5-2' },
    { 'if-none-match': '"' },
    { 'if-modified-since': 'never' },
    { 'x-forwarded-for': ['1', '::', 'x'.repeat(500), '127.0.0.1, ,'] },
    { 'x-forwarded-host': ['evil.example', '\u00ff'] },
    { 'x-forwarded-proto': ['javascript', 'https'] },
    { host: 'evil.example:99999' },
    { host: '' },
    { origin: ['null', 'x'] },
    { 'idempotency-key': ['a', 'b'] },
    { 'idempotency-key': 'x'.repeat(9000) },
    { 'content-type': ['application/json', 'text/plain'] },
    { 'accept-language': 'x-'.repeat(2000) },
    { 'user-agent': '\u00ff'.repeat(2000) },
    { signature: 'keyId="x",headers="(request-target) (request-target)",signature="=="' },
    { 'signature-input': 'sig=();created=x', signature: 'sig=:::' },
    { digest: 'SHA-256=', date: 'never' },
  ]
  const paths = [
    '/api/v1/accounts/verify_credentials',
    '/api/v1/timelines/public',
    '/',
    '/log-in',
    '/@alice',
    '/oauth/authorize',
    '/.well-known/webfinger?resource=acct:alice@x',
    '/media/x',
    '/api/v1/streaming/user',
  ]
  const gets = odd.flatMap((headers) => paths.map((path): RawRequest => ({ method: 'GET', path, headers })))
  const posts = odd.map((headers): RawRequest => ({
    method: 'POST',
    path: '/api/v1/statuses',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: '{"status":"x"}',
  }))
  const activities = odd.map((headers): RawRequest => ({
    method: 'POST',
    path: '/inbox',
    headers: { 'content-type': 'application/activity+json', ...headers },
    body: '{}',
  }))
  const requests = [...gets, ...posts, ...activities]
  expect(await flawsAmong(requests)).toBe('')
})

test('CVE-2022-24999 names that every object has are no parameters, paths or headers of ours', async () => {
  const { authorization } = await bearer()
  const { account } = await member('carol')
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
  const headers = { authorization, accept: 'application/activity+json, application/json' }
  const pathsWith = (name: string) => [
    `/users/${account.id}/${name}`,
    `/users/${account.id}/${name}/page/first`,
    `/users/${name}`,
    `/@${name}`,
    `/tags/${name}`,
    `/api/v1/timelines/tag/${name}`,
    `/api/v1/streaming/${name}`,
    `/nodeinfo/${name}`,
    `/.well-known/${name}`,
    `/assets/${name}`,
    `/media/${name}`,
    `/api/v1/timelines/public?${name}[${name}]=1&${name}[]=1&a[${name}]=1&limit[${name}]=1&max_id[${name}][]=1`,
  ]
  const signed = (name: string): RawRequest => ({
    method: 'POST',
    path: '/inbox',
    headers: {
      date: new Date().toUTCString(),
      'content-type': 'application/activity+json',
      signature: `keyId="https://a.invalid/u#k",algorithm="${name}",headers="(request-target) date host digest ${name.toLowerCase()}",signature="AAAA"`,
    },
    body: `{"id":"https://a.invalid/1","type":"${name}","actor":"https://a.invalid/u","object":{"type":"${name}"},"${name}":1}`,
  })
  const asked = names.flatMap(pathsWith).map((path): RawRequest => ({ method: 'GET', path, headers }))
  const requests = asked.concat(names.map(signed))
  expect(await flawsAmong(requests)).toBe('')
})
