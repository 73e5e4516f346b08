import { text } from 'node:stream/consumers'
import { createPrivateKey } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from '#config/instance'
import { checkRemoteUrl } from '#federation/remote-url'
import { localHosts, postSigned } from '#federation/signed-http'
import { createHttpClient } from '#platform/http-client'
import { httpLimits } from '#platform/http-request'
import { closeListeners, listen } from '#test/support/listener'
import { rsaPair } from '#test/support/keys'

afterEach(closeListeners)

const key = { keyId: 'https://a.example/actor#main-key', privateKey: createPrivateKey(rsaPair().privateKey) }

/** A server whose /inbox leads elsewhere; gives what came of a delivery to it, and what it heard. */
async function deliver(status: number, location: (url: string) => string) {
  const heard: string[] = []
  const signatures = new Set<unknown>()
  const server = await listen((request, response) => {
    void text(request).then((body) => {
      heard.push(`${request.url} ${body}`)
      signatures.add(request.headers.signature)
      if (request.url === '/moved') return response.writeHead(202).end()
      response.writeHead(status, { location: location(server.url) }).end()
    })
  })
  const answer = await postSigned(`${server.url}/inbox`, body, key)
  return { status: answer.status, heard, signatures: signatures.size }
}

test.each([307, 308])(
  'rule 182: a delivery goes on to where a %i of the same server leads',
  async (status) => {
    const { heard, ...came } = await deliver(status, () => '/moved')
    expect(heard).toEqual(['/inbox {}', '/moved {}'])
    expect(came).toEqual({ status: 202, signatures: 2 })
  },
)

test.each([
  ['to another server', 307, (url: string) => url.replace('127.0.0.1', 'localhost') + '/moved'],
  ['that is no 307 or 308', 302, () => '/moved'],
  ['that leads nowhere', 308, () => 'http://'],
  ['that leads to itself', 308, () => '/inbox'],
])('rule 182: it does not follow a redirect %s', async (_what, status, location) => {
  const { heard, ...came } = await deliver(status, location)
  expect(heard.length).toBeLessThanOrEqual(2)
  expect(heard.some((each) => each.startsWith('/moved'))).toBe(false)
  expect(came.status).toBe(status)
})

const body = Buffer.from('{}')

test('federation rule 180: a delivery has 10 seconds to connect and 30 in all, with both knocks and where it moved to', async () => {
  expect(httpLimits.connectMs).toBeLessThanOrEqual(10_000)
  expect(httpLimits.deadlineMs).toBeLessThanOrEqual(30_000)
  const server = await listen((_request, response) => {
    void sleep(400).then(() => response.writeHead(401).end())
  })
  const tried = postSigned(`${server.url}/inbox`, body, key, { deadlineMs: 600 })
  await expect(tried).rejects.toMatchObject({ problem: 'timeout' })
  expect(server.requests).toHaveLength(2)
  expect((await postSigned(`${server.url}/inbox`, body, key)).status).toBe(401)
})

test('federation rule 181: what is tried again is signed again, at that moment', async () => {
  const dates: number[] = []
  const signatures = new Set<unknown>()
  const server = await listen((request, response) => {
    dates.push(Date.parse(request.headers.date ?? ''))
    signatures.add(request.headers.signature)
    response.writeHead(500).end()
  })
  for (const _ of [1, 2]) {
    const before = Math.floor(Date.now() / 1000) * 1000
    await postSigned(`${server.url}/inbox`, body, key)
    expect(dates.at(-1)).toBeGreaterThanOrEqual(before)
    await sleep(1100)
  }
  expect(signatures.size).toBe(2)
})

test('federation rule 183: a delivery goes to no address of this server, and to no private one', async () => {
  const server = await listen((_request, response) => response.end())
  await expect(postSigned(`${instance.origin}/inbox`, body, key)).rejects.toMatchObject({ problem: 'local' })
  const open = { allowPrivate: false, ports: [443] }
  for (const host of ['127.0.0.1', '10.1.2.3', '192.168.0.1', '169.254.1.1', '[::1]', '[fd00::1]'])
    expect(() => checkRemoteUrl(`https://${host}/inbox`, open, localHosts)).toThrow()
  const guarded = createHttpClient({ userAgent: 'Kith' })
  const named = `https://localhost:${server.port}/inbox`
  await expect(guarded.request({ method: 'POST', url: named, body: '{}' })).rejects.toThrow()
  expect(server.connections).toBe(0)
  await guarded.close()
})
