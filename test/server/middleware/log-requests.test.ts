import { pathOf } from '#server/middleware/log-requests'
import { eventually, type KithProcess, startKith } from '#test/support/kiths'

describe('the path of a request in the log', () => {
  it('has no query string', () => {
    expect(pathOf('/api/v1/timelines/home?access_token=abc')).toBe('/api/v1/timelines/home')
    expect(pathOf('/a#b?c\nd')).toBe('/a')
  })

  it('hides what opens something', () => {
    expect(pathOf('/media/3f/dGhpcyBpcyBhIHNlY3JldCBrZXkgb2YgYSBmaWxl.webp')).toBe('/media/3f/[hidden]')
    expect(pathOf('/users/115600000000000000/posts/115600000000000001')).toBe(
      '/users/115600000000000000/posts/115600000000000001',
    )
  })
})

describe('the log of a whole Kith', () => {
  let kith: KithProcess
  beforeAll(async () => {
    kith = await startKith('logs', { KITH_LOG: 'trace' })
  }, 60_000)
  afterAll(() => kith.remove())

  it('HOLLO-0.8.5-f, federation rule 154: tells each request with its id, and holds no token, password, cookie, signature, key or text', async () => {
    const alice = await kith.member('alice')
    const secrets = {
      token: alice.token,
      query: 'hunter2-in-a-query-string',
      text: 'what-nobody-may-read',
      password: 'hunter2-in-a-form',
      cookie: 'hunter2-in-a-cookie',
      signature: 'hunter2-in-a-signature',
      broken: 'hunter2-in-broken-json',
    }
    const send = (path: string, init: RequestInit = {}) => fetch(kith.url + path, init)
    const authorized = { Authorization: `Bearer ${alice.token}` }
    await send(`/api/v1/accounts/verify_credentials?access_token=${secrets.query}`, { headers: authorized })
    await send('/api/v1/statuses', {
      method: 'POST',
      headers: authorized,
      body: new URLSearchParams({ status: secrets.text }),
    })
    const json = { 'Content-Type': 'application/json' }
    await send('/api/v1/statuses', {
      method: 'POST',
      headers: { ...authorized, ...json },
      body: `{"status":"${secrets.broken}`,
    })
    await send('/login', {
      method: 'POST',
      headers: { Cookie: `session=${secrets.cookie}` },
      body: new URLSearchParams({ username: 'alice', password: secrets.password }),
    })
    const signed = {
      Signature: `keyId="x",signature="${secrets.signature}"`,
      'Content-Type': 'application/activity+json',
    }
    await send('/inbox', {
      method: 'POST',
      headers: signed,
      body: `{"type":"Create","id":"${secrets.text}"}`,
    })
    // The first to ask makes a key.
    expect((await send('/actor')).status).toBe(200)
    const answer = await send('/api/v2/instance')
    const lines = await eventually(async () => {
      const found = kith.output
        .split('\n')
        .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
      return found.some(({ path }) => path === '/api/v2/instance') && found
    })
    const request = answer.headers.get('x-request-id')
    const told = { request, method: 'GET', path: '/api/v2/instance', status: answer.status }
    expect(lines).toContainEqual(expect.objectContaining({ ...told, ms: expect.any(Number) }))
    expect(lines.filter(({ path }) => path === '/inbox')).toHaveLength(1)
    expect(kith.output).not.toMatch(/PRIVATE KEY|privateSealed/)
    for (const secret of Object.values(secrets)) expect(kith.output).not.toContain(secret)
  })
})
