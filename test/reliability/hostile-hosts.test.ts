import type { Socket } from 'node:net'
import { redis } from '#platform/redis'
import { fetchPaths, keptOf, oldAccount } from '#test/support/fetch-paths'
import { bombs, circles, drips, page, wrong } from '#test/support/hostile-answers'
import { closeListeners, listen, listenRaw } from '#test/support/listener'
import { soundAnswer } from '#test/support/sound-answers'

afterEach(closeListeners)

const MIB = 1_048_576
const hostOf = (url: string): string => new URL(url).host
const gets = fetchPaths.filter(({ isPost }) => !isPost)
const typeFor = (url: string | undefined): string =>
  url?.startsWith('/.well-known/')
    ? 'application/jrd+json'
    : /^\/(page|me)/.test(url ?? '')
      ? 'text/html'
      : 'application/activity+json'

test.each(Object.entries(drips))(
  'R-080: a server that drips its %s is left after ten seconds, on whatever way it is asked',
  async (_part, beginning) => {
    // Files have a minute; posting to others half of one.
    const ways = fetchPaths.filter(({ name }) => name !== 'media' && name !== 'delivery')
    const began = performance.now()
    const outcomes = await Promise.all(
      ways.map(async ({ name, ask }) => {
        const sockets: Socket[] = []
        const server = await listenRaw((socket) => {
          sockets.push(socket)
          socket.write(beginning)
          const drip = setInterval(() => socket.write('a'), 500)
          socket.on('close', () => clearInterval(drip))
        })
        const found = await ask(hostOf(server.url))
        return { name, found: name === 'push' ? undefined : found, isAsked: sockets.length > 0 }
      }),
    )
    expect(outcomes).toEqual(ways.map(({ name }) => ({ name, found: undefined, isAsked: true })))
    expect(performance.now() - began).toBeLessThan(20_000)
  },
  60_000,
)

test.each(fetchPaths)('$name brings something from a server that is in order', async ({ ask }) => {
  const server = await listen(soundAnswer)
  expect(await ask(hostOf(server.url))).toBeDefined()
})

describe.each(fetchPaths)('$name', ({ ask, isPost, maxBytes = MIB, name }) => {
  test.each(Object.keys(circles))('R-081: of redirects %s three are followed', async (which) => {
    const server = await listen((request, response) => {
      response.writeHead(302, { location: circles[which]!(request.url ?? '/') }).end()
    })
    const found = await ask(hostOf(server.url))
    // What is posted goes nowhere else; that it was redirected is for the caller to judge.
    if (isPost) expect(found).toMatchObject({ status: 302 })
    else expect(found).toBeUndefined()
    // A key may be asked for in its own document and in that of its owner.
    expect(server.requests.length).toBeLessThanOrEqual(isPost ? 1 : 4)
  })

  test.each(Object.keys(bombs))('R-082: %s is left at the limit', async (which) => {
    let written = 0
    const server = await listen((request, response) => {
      response.setHeader('content-type', name === 'media' ? 'image/png' : typeFor(request.url))
      response.once('close', () => (written += response.socket?.bytesWritten ?? response.writableLength))
      bombs[which]!(request, response)
    })
    const found = await ask(hostOf(server.url))
    if (!isPost) expect(found).toBeUndefined()
    expect(server.requests.length).toBeGreaterThan(0)
    // Some of what was sent waits in the network for somebody who has left.
    expect(written).toBeLessThan(maxBytes + 8 * MIB)
  })
})

describe.each(gets)('$name', ({ ask }) => {
  test.each(Object.keys(wrong))('R-088: 200 with %s replaces nothing', async (which) => {
    const server = await listen((_, response) => {
      const [type, body] = wrong[which]!(hostOf(server.url))
      response.writeHead(200, { 'content-type': type }).end(body)
    })
    const host = hostOf(server.url)
    await oldAccount(host)
    const before = await keptOf(host)
    expect(await ask(host)).toBeUndefined()
    const [accounts, posts, previews] = await keptOf(host)
    expect([accounts, posts]).toEqual(before.slice(0, 2))
    for (const each of previews as { title: string }[])
      expect(each).toMatchObject({ title: 'As it was', state: 'ready' })
    expect(server.requests.length).toBeGreaterThan(0)
  })
})

test('R-088: an actor that is not there any more, or somebody else, counts as a failure of its address', async () => {
  const server = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  const [actor] = fetchPaths
  await actor!.ask(hostOf(server.url))
  const asked = server.requests.length
  // It is left alone for a while.
  await actor!.ask(hostOf(server.url))
  expect(server.requests.length).toBe(asked)
  expect((await redis.keys('mark:*')).length).toBeGreaterThan(0)
})
