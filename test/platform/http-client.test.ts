import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createHttpClient } from '#platform/http-client'
import { httpLimits } from '#platform/http-request'
import { closeListeners, listen } from '#test/support/listener'

const client = createHttpClient({ userAgent: 'Kith/1.0.0 (+https://kith.example/)', allowPrivate: true })
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-http-'))
})
afterAll(async () => {
  await client.close()
  await closeListeners()
  await rm(folder, { recursive: true })
})

test('an answer comes with its status, its headers, its bytes and the address it came from', async () => {
  const server = await listen((request, response) => {
    response
      .writeHead(404, { 'content-type': 'text/plain', 'x-seen': request.headers['user-agent'] })
      .end('nothing')
  })
  const answer = await client.request({ url: `${server.url}/a?b=c`, accept: 'text/plain' })
  expect(answer).toMatchObject({ status: 404, url: `${server.url}/a?b=c`, body: Buffer.from('nothing') })
  expect(answer.headers['x-seen']).toBe('Kith/1.0.0 (+https://kith.example/)')
  expect(server.requests).toEqual(['GET /a?b=c'])
})

test('a body is posted byte for byte and a gzipped answer is unpacked', async () => {
  const server = await listen(async (request, response) => {
    const sent = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
    response.writeHead(202, { 'content-encoding': 'gzip' }).end(gzipSync(sent))
  })
  const body = Buffer.from('{"a": "ä"}')
  const answer = await client.request({ url: server.url, method: 'POST', body })
  expect(answer).toMatchObject({ status: 202, body })
})

test('an empty body that calls itself gzip is an empty body', async () => {
  const server = await listen((_, response) => response.writeHead(202, { 'content-encoding': 'gzip' }).end())
  expect((await client.request({ url: server.url })).body).toEqual(Buffer.alloc(0))
})

test('federation rules 90, 91: each redirect is signed anew for its own address, and nothing of the former signature goes along', async () => {
  const seen: (string | undefined)[] = []
  const target = await listen((request, response) => {
    seen.push(request.headers['signature'] as string)
    response.end('here')
  })
  const first = await listen((request, response) => {
    seen.push(request.headers['signature'] as string)
    response.writeHead(302, { location: `${target.url}/there` }).end()
  })
  const answer = await client.request({
    url: `${first.url}/here`,
    sign: ({ url }) => ({ signature: `for ${url.href}` }),
  })
  expect(answer).toMatchObject({ status: 200, url: `${target.url}/there`, body: Buffer.from('here') })
  expect(seen).toEqual([`for ${first.url}/here`, `for ${target.url}/there`])
})

test('federation rule 90: three redirects are followed and a fourth is not, whether they go on or in a circle', async () => {
  const server = await listen((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) response.end('arrived')
    else response.writeHead(307, { location: `/${left > 100 ? left : left - 1}` }).end()
  })
  expect((await client.request({ url: `${server.url}/3` })).url).toBe(`${server.url}/0`)
  await expect(client.request({ url: `${server.url}/4` })).rejects.toMatchObject({ problem: 'redirect' })
  await expect(client.request({ url: `${server.url}/999` })).rejects.toMatchObject({ problem: 'redirect' })
  await expect(client.request({ url: `${server.url}/1`, redirects: 0 })).rejects.toMatchObject({
    problem: 'redirect',
  })
})

test('a request for one host only does not leave it', async () => {
  const target = await listen((_, response) => response.end('elsewhere'))
  const first = await listen((request, response) => {
    response.writeHead(301, { location: request.url === '/out' ? target.url : '/out' }).end()
  })
  await expect(client.request({ url: `${first.url}/in`, sameHost: true })).rejects.toMatchObject({
    problem: 'redirect',
  })
  expect(first.requests).toEqual(['GET /in', 'GET /out'])
  expect(target.connections).toBe(0)
})

test.each([301, 302, 303, 307, 308])(
  'CVE-2026-77632, federation rule 91: a POST, or a GET with credentials, is not sent on by a %i',
  async (status) => {
    const target = await listen((_, response) => response.end())
    const first = await listen((_, response) => response.writeHead(status, { location: target.url }).end())
    const posted = await client.request({
      url: first.url,
      method: 'POST',
      body: 'x',
      sign: () => ({ signature: 's' }),
    })
    const asked = []
    for (const name of ['authorization', 'cookie'])
      asked.push(await client.request({ url: first.url, headers: { [name]: 'secret' } }))
    expect([posted, ...asked].map((answer) => answer.status)).toEqual([status, status, status])
    expect(target.connections).toBe(0)
  },
)

test('CVE-2022-35949: a path that looks like a host stays a path', async () => {
  const server = await listen((_, response) => response.end())
  await client.request({ url: `${server.url}//evil.test/a` })
  await client.request({ url: `${server.url}/https://evil.test/a` })
  await client.request({ url: `${server.url}/\\evil.test/a` })
  expect(server.requests).toEqual(['GET //evil.test/a', 'GET /https://evil.test/a', 'GET //evil.test/a'])
})

test('the head is shown before the body is read, and a refusal there leaves the body unread', async () => {
  let sent = 0
  const server = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    const more = setInterval(() => (sent += Number(response.write(Buffer.alloc(1_024)))), 5)
    response.on('close', () => clearInterval(more))
  })
  const onHead = () => {
    throw new Error('not wanted')
  }
  await expect(client.request({ url: server.url, onHead })).rejects.toMatchObject({ detail: 'not wanted' })
  expect(sent).toBeLessThan(20)
})

test('every failure shows its reader the same sentence', async () => {
  const server = await listen((_, response) => response.destroy())
  const failures = await Promise.allSettled([
    client.request({ url: server.url }),
    client.request({ url: 'http://127.0.0.1:1/' }),
    client.request({ url: 'http://nowhere.invalid/' }),
    client.request({ url: 'ftp://example.com/' }),
  ])
  const reasons = failures.map((each) => (each.status === 'rejected' ? each.reason : undefined))
  expect(new Set(reasons.map((each) => each.message))).toEqual(
    new Set(['The other server could not be reached']),
  )
  expect(reasons.map((each) => each.problem)).toEqual(['connection', 'connection', 'dns', 'url'])
})

test('a request ends when its caller gives up', async () => {
  const server = await listen(() => undefined)
  const asked = client.request({ url: server.url, signal: AbortSignal.timeout(50) })
  await expect(asked).rejects.toMatchObject({ problem: 'connection' })
})

test('a download goes to a file that only this user may read, and a bad status writes nothing', async () => {
  const server = await listen((request, response) => {
    response.writeHead(request.url === '/ok' ? 200 : 404).end('x'.repeat(100_000))
  })
  const file = join(folder, 'fine')
  expect(await client.download({ url: `${server.url}/ok`, file, maxBytes: 100_000 })).toMatchObject({
    status: 200,
    bytes: 100_000,
  })
  expect((await readFile(file)).length).toBe(100_000)
  await expect(client.download({ url: `${server.url}/ok`, file, maxBytes: 100_000 })).rejects.toMatchObject({
    code: 'EEXIST',
  })
  expect((await readFile(file)).length).toBe(100_000)
  const missing = await client.download({ url: `${server.url}/no`, file: join(folder, 'none'), maxBytes: 9 })
  expect(missing).toMatchObject({ status: 404, bytes: 0 })
  expect(await readdir(folder)).toEqual(['fine'])
})

test('a download over its limit leaves no file behind', async () => {
  const server = await listen((request, response) => {
    if (request.url === '/told') response.setHeader('content-length', 200_001)
    response.end(Buffer.alloc(200_001))
  })
  for (const path of ['/told', '/untold']) {
    const file = join(folder, path.slice(1))
    const tried = client.download({ url: server.url + path, file, maxBytes: 200_000 })
    await expect(tried).rejects.toMatchObject({ problem: 'too-large' })
  }
  expect(await readdir(folder)).toEqual(['fine'])
})

test('federation rules 90, 92, 93: the limits are those of the federation rules', () => {
  expect(httpLimits).toMatchObject({
    connectMs: 5_000,
    readMs: 10_000,
    deadlineMs: 30_000,
    downloadMs: 60_000,
  })
  expect(httpLimits).toMatchObject({ documentBytes: 1_048_576, redirects: 3, perHost: 4 })
})

test('R-006: what fails while a request is signed stays what it is, and says nothing about the other server', async () => {
  const server = await listen((_request, response) => response.end())
  const away = new Error('the database is away')
  const request = client.request({ url: server.url, sign: () => Promise.reject(away) })
  await expect(request).rejects.toBe(away)
  expect(server.requests).toEqual([])
})
