import type { IncomingMessage, ServerResponse } from 'node:http'
import { createDocumentFetcher } from '#federation/fetch-document'
import { createCollectionLoader, createDocumentLoader } from '#federation/document-loader'
import { activityAccept } from '#federation/media-types'
import { federationMeans } from '#test/support/federation-means'
import { type Listener, closeListeners, listen } from '#test/support/listener'

type Answer = { body?: unknown; type?: string | string[]; status?: number; headers?: Record<string, string> }

let routes: Record<string, Answer | ((request: IncomingMessage, response: ServerResponse) => void)>
let good: Listener
let evil: Listener
let means: ReturnType<typeof federationMeans>
const answer = (request: IncomingMessage, response: ServerResponse) => {
  const route = routes[request.url ?? '']
  if (typeof route === 'function') return route(request, response)
  const {
    body = '',
    type = 'application/activity+json',
    status = 200,
    headers = {},
  } = route ?? { status: 404 }
  response.setHeader('content-type', type)
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
}
beforeAll(async () => {
  good = await listen(answer)
  evil = await listen(answer)
})
beforeEach(() => {
  routes = {}
  means = federationMeans()
  good.requests.length = 0
  evil.requests.length = 0
})
afterEach(() => means.close())
afterAll(closeListeners)

const fetcher = () => createDocumentFetcher(means)
const load = (address: string) => createDocumentLoader(fetcher())(address)
const note = (id: string, more = {}) => ({ id, type: 'Note', ...more })
const redirect = (location: string): Answer => ({ status: 302, headers: { location } })

test('a document at its own id is loaded with one signed request', async () => {
  let accept: string | undefined
  routes['/note'] = (request, response) => {
    accept = request.headers.accept
    response
      .setHeader('content-type', 'application/activity+json')
      .end(JSON.stringify(note(`${good.url}/note`)))
  }
  expect(await load(`${good.url}/note#it`)).toEqual({
    url: `${good.url}/note`,
    document: note(`${good.url}/note`),
  })
  expect([good.requests, means.asked, accept]).toEqual([['GET /note'], ['cavage /note'], activityAccept])
})

test.each([
  'text/plain',
  'application/json',
  'application/octet-stream',
  'image/png',
  'application/ld+json',
  '',
])(
  'CVE-2024-25623, CVE-2024-25636, TAKAHE-2024-02, federation rule 60: an upload of type %j is no document',
  async (type) => {
    routes['/upload'] = { body: note(`${good.url}/upload`), type }
    await expect(load(`${good.url}/upload`)).rejects.toMatchObject({ problem: 'type' })
  },
)

test('CVE-2024-25623: a type that is sent twice is none', async () => {
  routes['/upload'] = { body: note(`${good.url}/upload`), type: ['application/activity+json', 'text/plain'] }
  await expect(load(`${good.url}/upload`)).rejects.toMatchObject({ problem: 'type' })
})

test('rule 58: a document with another id is taken from that id, once', async () => {
  routes['/@ann'] = { body: note(`${good.url}/users/ann`, { name: 'stale' }) }
  routes['/users/ann'] = { body: note(`${good.url}/users/ann`, { name: 'Ann' }) }
  expect((await load(`${good.url}/@ann`)).document).toMatchObject({ name: 'Ann' })
  expect(good.requests).toEqual(['GET /@ann', 'GET /users/ann'])
})

test('rule 58, CVE-2024-52591: a second mismatch, and an id that is not there, drop it', async () => {
  routes['/a'] = { body: note(`${good.url}/b`) }
  routes['/b'] = { body: note(`${good.url}/c`) }
  routes['/c'] = { body: note(`${good.url}/c`) }
  routes['/d'] = { body: note(`${good.url}/missing`) }
  await expect(load(`${good.url}/a`)).rejects.toMatchObject({ problem: 'document' })
  await expect(load(`${good.url}/d`)).rejects.toMatchObject({ problem: 'status', status: 404 })
  expect(good.requests).toEqual(['GET /a', 'GET /b', 'GET /d', 'GET /missing'])
})

test('HOLLO-0.8.5-c, CVE-2024-52591: what another host says about an id is not used, only the id itself', async () => {
  routes['/fake'] = { body: note(`${good.url}/note`, { content: 'forged' }) }
  routes['/note'] = { body: note(`${good.url}/note`, { content: 'true' }) }
  expect((await load(`${evil.url}/fake`)).document).toMatchObject({ content: 'true' })
  delete routes['/note']
  await expect(load(`${evil.url}/fake?2`)).rejects.toThrow()
})

test('rule 59: after a redirect the address that it ended at counts', async () => {
  routes['/old'] = redirect(`${good.url}/new`)
  routes['/new'] = { body: note(`${good.url}/new`) }
  expect((await load(`${good.url}/old`)).url).toBe(`${good.url}/new`)
  routes['/away'] = redirect(`${evil.url}/copy`)
  routes['/copy'] = { body: note(`${good.url}/away`, { content: 'forged' }) }
  await expect(load(`${good.url}/away`)).rejects.toMatchObject({ problem: 'redirect' })
})

test.each([undefined, null, '', 'relative', '/users/ann', ['https://a.example/1'], 7, {}, '#me'])(
  'CVE-2025-25306: an id that is %j is no id, whatever url says',
  async (id) => {
    routes['/x'] = { body: { id, type: 'Note', url: `${good.url}/x` } }
    await expect(load(`${good.url}/x`)).rejects.toMatchObject({ problem: 'document' })
  },
)

test('rule 85: addresses of this instance are not fetched, not by way of an id or a redirect either', async () => {
  means.localHosts = ['kith.example', new URL(evil.url).host]
  routes['/id'] = { body: note(`${evil.url}/users/bea`) }
  routes['/hop'] = redirect(`${evil.url}/users/bea`)
  for (const address of [`${evil.url}/users/bea`, `${good.url}/id`, `${good.url}/hop`]) {
    await expect(load(address)).rejects.toMatchObject({ problem: 'local' })
  }
  expect(evil.requests).toEqual([])
})

const page = (link: string) => `<!doctype html><html><head><title>x</title>${link}</head><body><p>hi`

test.each([
  [
    'a link in its head',
    { body: page('<link href="/note" rel="alternate" type="application/activity+json">') },
  ],
  [
    'a profile type',
    {
      body: page(
        '<LINK REL="nofollow alternate" TYPE=\'application/ld+json; profile="https://www.w3.org/ns/activitystreams"\' HREF=/note>',
      ),
    },
  ],
  [
    'a Link header',
    {
      body: page(''),
      headers: {
        link: '</feed>; rel="alternate"; type="application/atom+xml", </note>; rel="alternate"; type="application/activity+json"',
      },
    },
  ],
])('a page leads to its ActivityPub version by %s', async (_, route) => {
  routes['/@ann/1'] = { ...route, type: 'text/html; charset=utf-8' }
  routes['/note'] = { body: note(`${good.url}/note`) }
  expect((await load(`${good.url}/@ann/1`)).url).toBe(`${good.url}/note`)
})

test.each([
  ['none', ''],
  ['one in its body', '</head><body><link rel="alternate" type="application/activity+json" href="/note">'],
  ['one of another type', '<link rel="alternate" type="application/json" href="/note">'],
  ['one in a comment', '<!-- <link rel="alternate" type="application/activity+json" href="/note"> -->'],
  ['one that leads to a page', '<link rel="alternate" type="application/activity+json" href="/page2">'],
  ['one that leads to a file', '<link rel="alternate" type="application/activity+json" href="/upload">'],
])('a page with %s for a link leads nowhere', async (_, link) => {
  routes['/page'] = { body: page(link), type: 'text/html' }
  routes['/page2'] = {
    body: page('<link rel="alternate" type="application/activity+json" href="/note">'),
    type: 'text/html',
  }
  routes['/note'] = { body: note(`${good.url}/note`) }
  routes['/upload'] = { body: note(`${good.url}/upload`), type: 'text/plain' }
  await expect(load(`${good.url}/page`)).rejects.toMatchObject({ problem: 'type' })
  expect(good.requests).not.toContain('GET /note')
})

test('rule 17: for a key neither a page nor another host will do', async () => {
  routes['/key'] = {
    body: page('<link rel="alternate" type="application/activity+json" href="/note">'),
    type: 'text/html',
  }
  routes['/moved'] = redirect(`${evil.url}/key`)
  const fetchDocument = fetcher()
  await expect(fetchDocument(`${good.url}/key`, { sameHost: true })).rejects.toMatchObject({
    problem: 'type',
  })
  await expect(fetchDocument(`${good.url}/moved`, { sameHost: true })).rejects.toMatchObject({
    problem: 'redirect',
  })
  expect(evil.requests).toEqual([])
})

test('a host that wants the other scheme gets it within the same load', async () => {
  routes['/note'] = (request, response) => {
    if (!request.headers['signature-input']) return void response.writeHead(401).end()
    response
      .setHeader('content-type', 'application/activity+json')
      .end(JSON.stringify(note(`${good.url}/note`)))
  }
  await load(`${good.url}/note`)
  await load(`${good.url}/note`)
  expect(means.asked).toEqual(['cavage /note', 'rfc9421 /note', 'rfc9421 /note'])
})

test('R-061, CVE-2026-2581: many who want one address share one fetch, and none can change what another got', async () => {
  routes['/note'] = (_, response) =>
    void setTimeout(
      () =>
        response
          .setHeader('content-type', 'application/activity+json')
          .end(JSON.stringify(note(`${good.url}/note`))),
      30,
    )
  const fetchDocument = fetcher()
  const all = await Promise.all(Array.from({ length: 50 }, () => fetchDocument(`${good.url}/note`)))
  all[0]!.document['name'] = 'changed'
  expect(all[1]!.document).not.toHaveProperty('name')
  expect(good.requests).toEqual(['GET /note'])
})

test('rule 96: an address that failed is left alone for a minute, unless somebody was heard from there', async () => {
  const fetchDocument = fetcher()
  for (let round = 0; round < 3; round++)
    await expect(fetchDocument(`${good.url}/x`)).rejects.toMatchObject({ status: 404 })
  expect(good.requests).toEqual(['GET /x'])
  routes['/x'] = { body: note(`${good.url}/x`) }
  await expect(fetchDocument(`${good.url}/x`, { anew: true })).resolves.toMatchObject({
    url: `${good.url}/x`,
  })
})

test('rules 36, 92: a document that is too large, too deep or not JSON is none', async () => {
  routes['/large'] = { body: { id: `${good.url}/large`, content: 'x'.repeat(1_048_576) } }
  routes['/deep'] = { body: `{"a":${'['.repeat(100)}${']'.repeat(100)}}` }
  routes['/text'] = { body: 'hello' }
  await expect(load(`${good.url}/large`)).rejects.toMatchObject({ problem: 'too-large' })
  await expect(load(`${good.url}/deep`)).rejects.toMatchObject({ problem: 'document' })
  await expect(load(`${good.url}/text`)).rejects.toMatchObject({ problem: 'document' })
})

test('what stands there in words of its own is read as JSON-LD means it, and what that cannot be is none', async () => {
  const own = { says: { '@id': 'as:content' }, by: { '@id': 'as:attributedTo', '@type': '@id' } }
  const context = ['https://www.w3.org/ns/activitystreams', own]
  const [id, author] = [`${good.url}/own`, `${good.url}/users/ann`]
  routes['/own'] = { body: note(id, { '@context': context, says: 'hi', by: author, content: 'not this' }) }
  const { document } = await load(id)
  expect(document).toMatchObject({ id, type: 'Note', attributedTo: author })
  expect(document).not.toHaveProperty('says')
  routes['/own'] = { body: note(id, { '@context': [...context, 5] }) }
  await expect(load(id)).rejects.toMatchObject({ problem: 'document' })
})

test('CVE-2023-36461: two knocks and an alternate have one deadline together', async () => {
  means.deadlineMs = 400
  const late = (status: number) => (_: IncomingMessage, response: ServerResponse) =>
    void setTimeout(() => response.writeHead(status).end(), 250)
  routes['/slow'] = late(401)
  const start = performance.now()
  await expect(load(`${good.url}/slow`)).rejects.toMatchObject({ problem: 'timeout' })
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('statuses go to whoever asked: gone is told from missing', async () => {
  routes['/gone'] = { status: 410, body: { type: 'Tombstone' } }
  await expect(load(`${good.url}/gone`)).rejects.toMatchObject({ problem: 'status', status: 410 })
  routes['/tomb'] = { body: { id: `${good.url}/tomb`, type: 'Tombstone' } }
  expect((await load(`${good.url}/tomb`)).document).toMatchObject({ type: 'Tombstone' })
})

const collect = (address: string) => createCollectionLoader(fetcher())(address)

test('a collection may be plain JSON and without an id, an object may not pose as one', async () => {
  routes['/outbox'] = { body: { type: 'OrderedCollection', totalItems: 1 }, type: 'application/json' }
  routes['/page'] = { body: { type: ['OrderedCollectionPage'], id: `${good.url}/page?x` } }
  routes['/note'] = { body: note(`${good.url}/note`), type: 'application/json' }
  routes['/foreign'] = { body: { type: 'Collection', id: `${evil.url}/c` } }
  routes['/away'] = redirect(`${evil.url}/outbox`)
  expect((await collect(`${good.url}/outbox`)).document).toMatchObject({ totalItems: 1 })
  expect((await collect(`${good.url}/page`)).url).toBe(`${good.url}/page`)
  await expect(collect(`${good.url}/note`)).rejects.toMatchObject({ problem: 'document' })
  await expect(collect(`${good.url}/foreign`)).rejects.toMatchObject({ problem: 'document' })
  await expect(collect(`${good.url}/away`)).rejects.toMatchObject({ problem: 'redirect' })
})
