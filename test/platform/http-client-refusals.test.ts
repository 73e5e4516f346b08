import { Agent, fetch } from 'undici'
import { checkedPeer, guardedConnector } from '#platform/http-connector'
import { isPublicAddress } from '#platform/addresses'
import { createHttpClient } from '#platform/http-client'
import { createExchange } from '#platform/http-exchange'
import { type HttpRequest, httpLimits } from '#platform/http-request'
import { type Listener, closeListeners, listen } from '#test/support/listener'
import { authority, good, key } from '#test/support/certificates'

let internal: Listener
beforeAll(async () => {
  internal = await listen((_, response) => response.end('secret'), { key, cert: good })
})
beforeEach(() => Object.assign(internal, { connections: 0, requests: [] }))
afterAll(closeListeners)

const clientWith = (resolve: (hostname: string) => string[]) =>
  createHttpClient({
    userAgent: 'Kith',
    ports: [internal.port],
    ca: authority,
    resolve: async (hostname) => resolve(hostname),
    limits: { connectMs: 200, perHost: 64 },
  })

const wrapped = [
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '::',
  '::1',
]

test.each([...wrapped, '0.0.0.0', '127.0.0.1', '127.8.8.8', '169.254.169.254', '10.0.0.1', 'fe80::1'])(
  'CVE-2026-22245, CVE-2026-47389, CVE-2026-46348, federation rule 88: a name that leads to %s is not connected to',
  async (address) => {
    const client = clientWith(() => [address])
    const asked = client.request({ url: `https://good.test:${internal.port}/` })
    await expect(asked).rejects.toMatchObject({ problem: 'refused' })
    expect(internal.connections).toBe(0)
    await client.close()
  },
)

test.each([
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '2130706433',
  '017700000001',
  '0',
  '0.0.0.0',
  ...wrapped.map((each) => `[${each}]`),
])('CVE-2026-46348, CVE-2026-47389: %s in the address itself is not connected to', async (host) => {
  const client = clientWith(() => ['127.0.0.1'])
  const asked = client.request({ url: `https://${host}:${internal.port}/` })
  await expect(asked).rejects.toMatchObject({ problem: 'refused' })
  expect(internal.connections).toBe(0)
  await client.close()
})

test.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'] satisfies HttpRequest['method'][])(
  'GHSA-c482-7gjx-pp36: %s is held back like every other method, and so is a download',
  async (method) => {
    const client = clientWith(() => ['127.0.0.1'])
    const url = `https://good.test:${internal.port}/`
    await expect(client.request({ url, method })).rejects.toMatchObject({ problem: 'refused' })
    await expect(
      client.download({ url, method, file: '/nonexistent/file', maxBytes: 1 }),
    ).rejects.toMatchObject({ problem: 'refused' })
    expect(internal.connections).toBe(0)
    await client.close()
  },
)

test('CVE-2022-0132, federation rule 88: a name that is public when checked and private when connected to is never reached in 1000 tries', async () => {
  let asked = 0
  // 2000::1 is global unicast and unassigned: allowed by its looks, and nobody is there.
  const client = clientWith(() => (++asked % 2 === 0 ? ['127.0.0.1'] : ['2000::1']))
  const tries = Array.from({ length: 1_000 }, (_, at) =>
    client.request({ url: `https://r${at % 16}.test:${internal.port}/` }),
  )
  const outcomes = await Promise.allSettled(tries)
  expect(outcomes.every((each) => each.status === 'rejected')).toBe(true)
  expect(asked).toBe(1_000)
  expect(internal.connections).toBe(0)
  await client.close()
})

test('CVE-2021-39195: of several addresses only public ones are dialled', async () => {
  const client = clientWith(() => ['127.0.0.1', '2000::1', '::1'])
  await expect(client.request({ url: `https://good.test:${internal.port}/` })).rejects.toThrow()
  expect(internal.connections).toBe(0)
  await client.close()
})

const redirects = [301, 302, 303, 307, 308].flatMap((status) =>
  ['https://127.0.0.1', 'https://[::1]', 'https://inside.test', 'http://good.test'].map((origin) => ({
    status,
    origin,
  })),
)

test.each(redirects)(
  'CVE-2026-77632, federation rules 88, 90: a $status to $origin leads nowhere',
  async ({ status, origin }) => {
    const front = await listen(
      (_, response) => response.writeHead(status, { location: `${origin}:${internal.port}/` }).end(),
      {
        key,
        cert: good,
      },
    )
    // Only good.test is let through to loopback, to stand for a server on the internet.
    const resolve = async () => ['127.0.0.1']
    const open = guardedConnector({ allowPrivate: true, connectMs: 500, resolve, ca: authority })
    const guarded = guardedConnector({ allowPrivate: false, connectMs: 500, resolve, ca: authority })
    const agent = new Agent({
      connect: (to, done) => (to.hostname === 'good.test' ? open : guarded)(to, done),
    })
    const reach = { allowPrivate: false, ports: [front.port, internal.port] }
    const exchange = createExchange({ agent, limits: httpLimits, reach, userAgent: 'Kith' })
    const asked: string[] = []
    const sign = ({ url }: { url: URL }) => ({ signature: String(asked.push(url.hostname)) })
    const outcome = exchange(
      { url: `https://good.test:${front.port}/`, sign },
      5_000,
      async ({ head }) => head.status,
    )
    await expect(outcome).rejects.toMatchObject({ problem: expect.stringMatching(/^(refused|url)$/) })
    expect(front.connections).toBe(1)
    expect(internal.connections).toBe(0)
    expect(asked).toEqual(origin === 'https://inside.test' ? ['good.test', 'inside.test'] : ['good.test'])
    await agent.destroy()
  },
)

test('a socket that ended up at a private address all the same is given back unused', async () => {
  const open = guardedConnector({
    allowPrivate: true,
    connectMs: 500,
    resolve: async () => ['127.0.0.1'],
    ca: authority,
  })
  const connect = checkedPeer(open, isPublicAddress)
  const outcome = await new Promise((resolve) => {
    connect({ hostname: 'good.test', protocol: 'https:', port: String(internal.port) }, (...given) =>
      resolve(given),
    )
  })
  expect(outcome).toMatchObject([{ problem: 'refused' }, null])
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(internal).toMatchObject({ connections: 1, open: 0, requests: [] })
})

test('CVE-2026-27477: a client with its own fetch is held by the same guard', async () => {
  const client = clientWith(() => ['127.0.0.1'])
  for (const host of ['127.0.0.1', 'good.test', '[::ffff:127.0.0.1]', '2130706433']) {
    const asked = fetch(`https://${host}:${internal.port}/`, { dispatcher: client.dispatcher })
    await expect(asked).rejects.toThrow()
  }
  expect(internal.connections).toBe(0)
  await client.close()
})

test('the guard is what stops these: without it the listener is reached', async () => {
  const wide = createHttpClient({
    userAgent: 'Kith',
    allowPrivate: true,
    ca: authority,
    resolve: async () => ['127.0.0.1'],
  })
  const answer = await wide.request({ url: `https://good.test:${internal.port}/` })
  expect(answer.body.toString()).toBe('secret')
  expect(internal.connections).toBe(1)
  await wide.close()
})
