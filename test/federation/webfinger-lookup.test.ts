import type { IncomingMessage, ServerResponse } from 'node:http'
import { assertHandleDomain } from '#federation/handle-domain'
import { createWebFinger } from '#federation/webfinger-lookup'
import { Invalid } from '#platform/errors'
import { createHttpClient } from '#platform/http-client'
import { type Listener, closeListeners, listen } from '#test/support/listener'

const activity = 'application/activity+json'
const client = createHttpClient({ userAgent: 'Kith', allowPrivate: true })
const webfinger = createWebFinger({ client, localHosts: ['localhost:3000'] })

/** A server that answers WebFinger with what is put into `answers` for a name. */
type Server = Listener & {
  host: string
  answers: Record<string, object | string | ((request: IncomingMessage, response: ServerResponse) => void)>
}
const serve = async (): Promise<Server> => {
  const answers: Server['answers'] = {}
  const listener = await listen((request, response) => {
    const resource = new URL(request.url ?? '', 'http://x').searchParams.get('resource') ?? ''
    const answer = answers[resource.replace(/^acct:/, '').split('@')[0]!]
    if (typeof answer === 'function') return answer(request, response)
    if (answer === undefined) return response.writeHead(404).end()
    const isText = typeof answer === 'string'
    response
      .setHeader('content-type', isText ? 'application/xrd+xml' : 'application/jrd+json')
      .end(isText ? answer : JSON.stringify(answer))
  })
  return Object.assign(listener, { host: `localhost:${listener.port}`, answers })
}
let good: Server
let evil: Server
beforeAll(async () => {
  good = await serve()
  evil = await serve()
})
beforeEach(() => {
  for (const server of [good, evil]) {
    server.answers = Object.assign(
      server.answers,
      Object.fromEntries(Object.keys(server.answers).map((name) => [name, undefined])),
    )
    server.requests.length = 0
  }
})
afterAll(async () => {
  await client.close()
  await closeListeners()
})

const self = (href: string, type = activity) => ({ rel: 'self', type, href })
const jrd = (subject: string | undefined, ...links: object[]) => ({ subject, links })
const look = (username: string, server: Server) => webfinger.lookUpHandle({ username, domain: server.host })
const vic = () => `http://${good.host}/users/vic`

test('a handle leads to the id of its actor', async () => {
  good.answers['vic'] = jrd(
    `acct:vic@${good.host}`,
    { rel: 'self', type: 'text/html', href: 'http://x/' },
    self(vic()),
    self('http://x/2'),
  )
  expect(await look('vic', good)).toEqual({ id: vic(), handle: { username: 'vic', domain: good.host } })
  expect(good.requests).toEqual([`GET /.well-known/webfinger?resource=acct%3Avic%40localhost%3A${good.port}`])
})

test('the subject gives the spelling, and a missing one is what was asked for', async () => {
  good.answers['VIC'] = jrd(
    `acct:Vic@${good.host.toUpperCase()}`,
    self(vic(), 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'),
  )
  good.answers['eve'] = jrd(undefined, self(vic()))
  expect((await look('VIC', good)).handle).toEqual({ username: 'Vic', domain: good.host })
  expect((await look('eve', good)).handle).toEqual({ username: 'eve', domain: good.host })
})

test('JSON is asked for and nothing is signed', async () => {
  let seen: IncomingMessage['headers'] = {}
  good.answers['vic'] = (request, response) => {
    seen = request.headers
    response.setHeader('content-type', 'application/json').end(JSON.stringify(jrd(undefined, self(vic()))))
  }
  await look('vic', good)
  expect(seen.accept).toBe('application/jrd+json, application/json')
  expect(seen).not.toHaveProperty('signature')
})

test('AKKOMA-2024.04.1-c, rule 80: an answer about another domain counts only when that domain says the same', async () => {
  evil.answers['mal'] = jrd(`acct:vic@${good.host}`, self(`http://${evil.host}/users/mal`))
  await expect(look('mal', evil)).rejects.toMatchObject({ problem: 'status' })
  good.answers['vic'] = jrd(`acct:vic@${good.host}`, self(vic()))
  await expect(look('mal', evil)).rejects.toMatchObject({ problem: 'document' })
  evil.answers['mal'] = jrd(`acct:vic@${good.host}`, self(vic()))
  expect(await look('mal', evil)).toEqual({ id: vic(), handle: { username: 'vic', domain: good.host } })
})

test('AKKOMA-2024.04.1-c: domains that point at each other confirm nothing', async () => {
  evil.answers['mal'] = jrd(`acct:vic@${good.host}`, self(vic()))
  good.answers['vic'] = jrd(`acct:mal@${evil.host}`, self(vic()))
  await expect(look('mal', evil)).rejects.toMatchObject({ problem: 'document' })
  expect(good.requests.length + evil.requests.length).toBe(2)
})

test('a split domain hands its WebFinger on to the server that hosts it', async () => {
  good.answers['vic'] = (_, response) =>
    response.writeHead(302, { location: `http://${evil.host}/.well-known/webfinger?resource=acct:vic` }).end()
  evil.answers['vic'] = jrd(`acct:vic@${good.host}`, self(`http://${evil.host}/users/vic`))
  expect(await look('vic', good)).toEqual({
    id: `http://${evil.host}/users/vic`,
    handle: { username: 'vic', domain: good.host },
  })
})

test.each([
  ['XML', '<XRD/>'],
  ['no links', jrd(undefined)],
  ['a relative link', jrd(undefined, self('/users/vic'))],
  ['a link that is no address', jrd(undefined, self('acct:vic@x'))],
  ['a link with a password', jrd(undefined, self('http://a:b@localhost/users/vic'))],
  ['a link to this instance', jrd(undefined, self('http://localhost:3000/users/bea'))],
  ['a link of another type', jrd(undefined, self('http://localhost/users/vic', 'application/json'))],
  ['links that are no list', { links: self('http://localhost/1') }],
  ['junk among its links', { links: [null, 1, 'x', []] }],
  ['a subject that is no handle', { subject: 'https://localhost/1', links: [self('http://localhost/1')] }],
  ['a subject that is no text', { subject: { a: 1 }, links: [self('http://localhost/1')] }],
  ['a subject of this instance', jrd('acct:bea@localhost:3000', self('http://localhost/1'))],
])('AKKOMA-2024.04.1-c: an answer with %s is none', async (_, answer) => {
  good.answers['vic'] = answer
  await expect(look('vic', good)).rejects.toThrow('could not be reached')
})

const actor = (more: Record<string, string>) => ({ id: vic(), type: 'Person', ...more })

test('rules 79, 81: an actor is shown with the handle that leads back to it', async () => {
  good.answers['vic'] = jrd(undefined, self(vic()))
  expect(await webfinger.confirmHandle(actor({ preferredUsername: 'vic' }))).toEqual({
    username: 'vic',
    domain: good.host,
  })
})

test('rule 79: a handle of its own domain goes before the name at the host of the id', async () => {
  good.answers['vic'] = jrd(undefined, self(vic()))
  evil.answers['victoria'] = jrd(undefined, self(vic()))
  const named = actor({ webfinger: `victoria@${evil.host}`, preferredUsername: 'vic' })
  expect(await webfinger.confirmHandle(named)).toEqual({ username: 'victoria', domain: evil.host })
  evil.answers['victoria'] = jrd(undefined, self(`${vic()}2`))
  expect(await webfinger.confirmHandle(named)).toEqual({ username: 'vic', domain: good.host })
})

test('rule 79: an imposter’s name is not confirmed', async () => {
  good.answers['vic'] = jrd(undefined, self(vic()))
  const imposter = {
    id: `http://${evil.host}/users/mal`,
    preferredUsername: 'vic',
    webfinger: `vic@${good.host}`,
  }
  expect(await webfinger.confirmHandle(imposter)).toBeUndefined()
  expect(await webfinger.confirmHandle({ id: vic(), preferredUsername: 'a b' })).toBeUndefined()
  expect(await webfinger.confirmHandle({ preferredUsername: 'vic' })).toBeUndefined()
})

const strict = { allowPrivate: false, ports: [443] }

test.each([
  'localhost',
  '127.0.0.1',
  '[::1]',
  '::1',
  '10.0.0.1',
  'host:8080',
  'example.com:443',
  'example.com:port/path',
  'host/path?x=#',
  'a@host.com',
  'user@host',
  'example.com.',
  '.example.com',
  'example..com',
  'intranet',
  'printer.local',
  'db.internal',
  'x.test',
  'com',
  'co.uk',
  'github.io',
  'exa mple.com',
  'example.com\\x',
  'EXAMPLE.com',
  'ex%61mple.com',
  '-a.com',
  '',
  `${'a.'.repeat(130)}com`,
  '2130706433',
  '0x7f.1',
])('CVE-2025-25194: %j is no domain of a handle, and no name server is asked', async (domain) => {
  expect(() => assertHandleDomain(domain, strict)).toThrow(Invalid)
  const asked: string[] = []
  const watched = createHttpClient({ userAgent: 'Kith', resolve: async (name) => (asked.push(name), []) })
  const { lookUpHandle } = createWebFinger({ client: watched, localHosts: [] })
  await expect(lookUpHandle({ username: 'a', domain })).rejects.toThrow(Invalid)
  expect(asked).toEqual([])
})

test.each(['example.com', 'social.example.co.uk', 'xn--bcher-kva.example.org', 'me.github.io', 'a-b.dev'])(
  '%s can be a domain of a handle',
  (domain) => {
    expect(() => assertHandleDomain(domain, strict)).not.toThrow()
  },
)
