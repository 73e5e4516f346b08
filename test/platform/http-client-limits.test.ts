import { brotliCompressSync, createGzip, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { createHttpClient } from '#platform/http-client'
import type { HttpLimits } from '#platform/http-request'
import { closeListeners, listen, listenRaw } from '#test/support/listener'

const megabyte = 1_048_576
const short = { connectMs: 300, readMs: 300, deadlineMs: 700, downloadMs: 900 }
const clients: { close(): Promise<void> }[] = []
const clientWith = (limits: Partial<HttpLimits> = {}) => {
  const client = createHttpClient({ userAgent: 'Kith', allowPrivate: true, limits })
  clients.push(client)
  return client
}
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
  await closeListeners()
})
const timed = async (work: Promise<unknown>) => {
  const start = performance.now()
  const outcome = await work.then(
    () => 'answered',
    (error) => error.problem,
  )
  return { outcome, ms: performance.now() - start }
}

test('CVE-2018-21018, federation rule 93: 200 fetches from a host that stalls in the TLS handshake end in time and hold up nobody else', async () => {
  const stalled = await listenRaw(() => undefined, 'https')
  const healthy = await listen((_, response) => response.end('fine'))
  const client = clientWith({ ...short, deadlineMs: 2_500 })
  const stuck = Array.from({ length: 200 }, () => timed(client.request({ url: stalled.url })))
  const others = await Promise.all(
    Array.from({ length: 20 }, () => timed(client.request({ url: healthy.url }))),
  )
  expect(others.every((each) => each.outcome === 'answered' && each.ms < 2_000)).toBe(true)
  const ends = await Promise.all(stuck)
  expect(ends.every((each) => each.ms < 4_000)).toBe(true)
  // Those that never had a place know nothing of that host.
  const outcomes = Map.groupBy(ends, ({ outcome }) => outcome)
  expect([...outcomes.keys()].sort()).toEqual(['busy', 'timeout'])
  expect(outcomes.get('timeout')!.length).toBeLessThan(20)
})

test.each(['headers', 'body'])(
  'CVE-2023-36461, R-080, federation rule 93: a server that drips its %s is left at the deadline',
  async (part) => {
    const dripping = await listenRaw((socket) => {
      if (part === 'body') socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n')
      else socket.write('HTTP/1.1 200 OK\r\nx-long: ')
      const drip = setInterval(() => socket.write('a'), 50)
      socket.on('close', () => clearInterval(drip))
    })
    const client = clientWith({ ...short, readMs: 30_000 })
    const asked = await timed(client.request({ url: dripping.url }))
    const loaded = await timed(
      client.download({ url: dripping.url, file: `/tmp/kith-drip-${process.pid}`, maxBytes: 1e9 }),
    )
    const own = await timed(client.request({ url: dripping.url, deadlineMs: 200 }))
    expect([asked.outcome, loaded.outcome, own.outcome]).toEqual(['timeout', 'timeout', 'timeout'])
    expect(asked.ms).toBeLessThan(short.deadlineMs + 1_000)
    expect(loaded.ms).toBeLessThan(short.downloadMs + 1_000)
    expect(own.ms).toBeLessThan(650)
  },
)

test('R-006: a signature that does not come, as the database is away, is not held against the other server', async () => {
  const server = await listen((_, response) => response.end('fine'))
  const client = clientWith({ ...short, deadlineMs: 300 })
  const sign = () => new Promise<never>(() => undefined)
  expect((await timed(client.request({ url: server.url, sign }))).outcome).toBe('busy')
  expect(server.requests).toEqual([])
})

test('the deadline counts redirects and waiting together', async () => {
  const slow = await listen((_, response) => {
    setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 250)
  })
  const ended = await timed(clientWith(short).request({ url: slow.url }))
  expect(ended.outcome).toBe('timeout')
  expect(ended.ms).toBeLessThan(short.deadlineMs + 1_000)
})

test('federation rule 93: a server that says nothing at all is left after the reading time', async () => {
  const silent = await listen(() => undefined)
  const ended = await timed(clientWith({ readMs: 200 }).request({ url: silent.url }))
  expect(ended.outcome).toBe('timeout')
  expect(ended.ms).toBeLessThan(2_000)
})

test.each(['chunked', 'false length', 'gzip'])(
  'GTS-564: an endless %s body is cut at the limit',
  async (kind) => {
    let sent = 0
    const server = await listen((_, response) => {
      if (kind === 'false length') response.setHeader('content-length', 10 * 1_024 * megabyte)
      if (kind === 'gzip') response.setHeader('content-encoding', 'gzip')
      const zip = kind === 'gzip' ? createGzip({ level: 1 }) : undefined
      zip?.pipe(response)
      const target = zip ?? response
      const pour = () => {
        while (!response.destroyed && target.write(Buffer.alloc(65_536, Math.random().toString())))
          sent += 65_536
      }
      target.on('drain', pour)
      pour()
      response.on('close', () => zip?.destroy())
    })
    const ended = await timed(clientWith().request({ url: server.url }))
    expect(ended.outcome).toMatch(/^(too-large|encoding)$/)
    expect(ended.ms).toBeLessThan(3_000)
    expect(sent).toBeLessThan(64 * megabyte)
  },
)

const zeros = Buffer.alloc(10 * megabyte)
const bombs = {
  gzip: gzipSync(zeros),
  deflate: deflateSync(zeros),
  br: brotliCompressSync(zeros),
  zstd: zstdCompressSync(zeros),
}

test.each([...Object.keys(bombs), 'gzip, gzip', 'gzip, br', 'compress', 'x-unknown'])(
  'CVE-2024-22025: a %s bomb is not unpacked',
  async (encoding) => {
    const bomb = Object.entries(bombs).find(([name]) => name === encoding)?.[1] ?? gzipSync(bombs.gzip)
    const server = await listen((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    )
    const client = clientWith()
    const before = process.memoryUsage.rss()
    const ended = await Promise.all(
      Array.from({ length: 20 }, () => timed(client.request({ url: server.url }))),
    )
    expect(new Set(ended.map((each) => each.outcome))).toEqual(new Set(['encoding']))
    expect((process.memoryUsage.rss() - before) / 20).toBeLessThan(16 * megabyte)
  },
)

test('CVE-2024-22025, federation rule 94: a body that grows a hundred times stops even below the size limit', async () => {
  const bomb = gzipSync(Buffer.alloc(900_000))
  const server = await listen((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  )
  await expect(clientWith().request({ url: server.url })).rejects.toMatchObject({ problem: 'encoding' })
})

test('a gzipped body is measured after unpacking and one that breaks off is no answer', async () => {
  const noise = Buffer.from(Array.from({ length: 200_000 }, () => Math.random().toString(36)).join(''))
  const whole = gzipSync(noise)
  const server = await listen((request, response) => {
    response
      .writeHead(200, { 'content-encoding': 'gzip' })
      .end(request.url === '/whole' ? whole : whole.subarray(0, -20))
  })
  const client = clientWith()
  const maxBytes = noise.length
  expect((await client.request({ url: `${server.url}/whole`, maxBytes })).body.equals(noise)).toBe(true)
  await expect(client.request({ url: `${server.url}/whole`, maxBytes: maxBytes - 1 })).rejects.toMatchObject({
    problem: 'too-large',
  })
  await expect(client.request({ url: `${server.url}/part`, maxBytes })).rejects.toMatchObject({
    problem: 'encoding',
  })
})

test('more than 16 KiB of headers are not read', async () => {
  const server = await listen((_, response) =>
    response.writeHead(200, { 'x-long': 'a'.repeat(17_000) }).end(),
  )
  await expect(clientWith().request({ url: server.url })).rejects.toMatchObject({ problem: 'too-large' })
})

test('what is not HTTP is no answer', async () => {
  const server = await listenRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  await expect(clientWith().request({ url: server.url })).rejects.toMatchObject({ problem: 'protocol' })
})

test('GTS-564, federation rule 95: a host gets at most four connections and a slow host does not hold up another', async () => {
  const slow = await listen((_, response) => void setTimeout(() => response.end(), 100))
  const quick = await listen((_, response) => response.end())
  const client = clientWith()
  const many = Promise.all(Array.from({ length: 40 }, () => client.request({ url: slow.url })))
  const other = await timed(client.request({ url: quick.url }))
  expect(other.ms).toBeLessThan(800)
  expect((await many).map((each) => each.status)).toEqual(Array<number>(40).fill(200))
  expect(slow.mostOpen).toBe(4)
  expect(slow.connections).toBeLessThan(10)
})

test('federation rule 95: a host that answers at once is not asked at once by all who wait, and no other host waits for that', async () => {
  const quick = await listen((_, response) => response.end())
  const other = await listen((_, response) => response.end())
  const client = clientWith({ paceMs: 300 })
  const began = performance.now()
  const order: string[] = []
  const ask = (url: string, name: string) => client.request({ url }).then(() => order.push(name))
  await Promise.all([...Array.from({ length: 12 }, () => ask(quick.url, 'quick')), ask(other.url, 'other')])
  // Four at a time, and two pauses between three rounds.
  expect(performance.now() - began).toBeGreaterThan(590)
  expect(order.indexOf('other')).toBeLessThan(11)
  const posts = Array.from({ length: 12 }, () => client.request({ method: 'POST', url: quick.url }))
  expect(await Promise.all(posts)).toHaveLength(12)
})

test('GTS-564: all hosts together get no more than the cap, and places come back after failures', async () => {
  let active = 0
  let most = 0
  const servers = await Promise.all(
    Array.from({ length: 6 }, () =>
      listen((_, response) => {
        most = Math.max(most, ++active)
        setTimeout(() => (active--, response.destroy()), 30)
      }),
    ),
  )
  const client = clientWith({ total: 3 })
  const tries = servers.flatMap((server) =>
    Array.from({ length: 5 }, () => timed(client.request({ url: server.url }))),
  )
  const ended = await Promise.all(tries)
  expect(ended.every((each) => each.outcome === 'connection')).toBe(true)
  expect(most).toBeLessThanOrEqual(3)
})
