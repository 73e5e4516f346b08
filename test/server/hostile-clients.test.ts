import { glob, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { hostOf, sameOrigin } from '#federation/properties'
import { isSameId } from '#federation/same-id'
import { parseHandle } from '#core/accounts/parse-handle'
import { parseOurs } from '#core/addresses'
import { tellStreams } from '#core/stream'
import { app, codeFor, exchange } from '#test/factories/app'
import { member } from '#test/factories/account'
import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { openConnections } from '#server/streaming/hub'
import { baseUrl, client, makeToken, request } from '#test/support/client'
import { dice, mutateText, rounds, seedOf } from '#test/support/fuzz'
import { openSocket, closeAll } from '#test/support/streams'

const seed = seedOf(20_261_123)
afterEach(closeAll)

test('CVE-2020-10187: no list and no description of apps shows the secret of one', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  const { body } = await exchange(quill, await codeFor(browser, quill, { scope: 'read write' }))
  const headers = { Authorization: `Bearer ${body.access_token}` }
  const seen: string[] = []
  for (const path of [
    '/api/v1/apps/verify_credentials',
    '/api/v1/accounts/verify_credentials',
    '/oauth/userinfo',
  ])
    seen.push(JSON.stringify((await client().get(path, { headers })).body))
  const made = await client().post('/api/v1/statuses', { status: 'hello' }, { headers })
  seen.push(JSON.stringify(made.body), (await browser.open('/settings/apps')).text)
  seen.push((await browser.open('/settings')).text, (await browser.open(`/@alice/${made.body.id}`)).text)
  expect(seen.join()).toContain('Quill')
  expect(seen.filter((text) => text.includes(quill.client_secret))).toEqual([])
})

test('PLEROMA-2.1.1-a: no text that is searched for takes long or brings anything down', async () => {
  const search = client(await member('alice'))
  const odd = [
    '',
    ' ',
    '"'.repeat(500),
    '('.repeat(1000),
    'a'.repeat(5000),
    '"a "b "c '.repeat(200),
    'AND OR NOT & | ! <-> :*',
    '%_%_%_'.repeat(100),
    '\\'.repeat(300),
    '*'.repeat(300),
    '\u0000\u0001',
    '\ud800',
    '\u202e\u200d\u0301'.repeat(100),
    '@@@@@',
    '#'.repeat(100),
    'from:from:from:',
    'a:b:c:d:* & (!)',
    "' OR 1=1 --",
    '-'.repeat(1000),
  ]
  const slow: string[] = []
  for (const text of odd)
    for (const path of ['/api/v2/search?q=', '/api/v1/accounts/search?q=', '/api/v1/accounts/lookup?acct=']) {
      const began = performance.now()
      const { status } = await search.get(path + encodeURIComponent(text.toWellFormed()))
      if (performance.now() - began > 2000 || status >= 500)
        slow.push(`${path}${text.slice(0, 20)}: ${status}`)
    }
  expect(slow).toEqual([])
})

test(`CVE-2026-21712: no name of a host and no handle, however spoilt, throws or ends anything (seed ${seed})`, () => {
  const luck = dice(seed)
  const seeds = [
    'https://xn--bcher-kva.example/users/a',
    'https://bücher.example/@a',
    'https://a%2eb.example:443/x#y',
    'http://[::ffff:127.0.0.1]/',
    'https://例え.テスト/',
    'https://xn--a.xn--b/%E0%A4%A',
    'acct:a@xn--.example',
  ]
  const total = rounds(200_000)
  for (let at = 0; at < total; at += 1) {
    const text = mutateText(mutateText(luck.pick(seeds), luck), luck)
    hostOf(text)
    sameOrigin(text, seeds[0])
    isSameId(text, seeds[1])
    parseOurs(text)
    parseHandle(text)
  }
  expect(hostOf(seeds[0])).toBe('xn--bcher-kva.example')
})

test(`CVE-2022-21676: broken frames of a WebSocket end their own connection alone (seed ${seed})`, async () => {
  const token = await makeToken(['read'], await member('alice'))
  const good = await openSocket('?stream=user', { token })
  const { hostname, port } = new URL(await baseUrl())
  const luck = dice(seed)
  const bad = [
    [0xf1, 0x80, 0, 0, 0, 0],
    [0x83, 0x80, 0, 0, 0, 0],
    [0x81, 0x05, 1, 2, 3, 4, 5],
    [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
    [0x88, 0x81, 0, 0, 0, 0, 1],
    [0x89, 0xfe, 0xff, 0xff],
    [0x00, 0x80, 0, 0, 0, 0],
  ]
  for (let at = 0; at < rounds(200); at += 1) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    const frame = Buffer.from(
      at < bad.length ? bad[at]! : Array.from({ length: 1 + luck.below(40) }, () => luck.below(256)),
    )
    const shake = `GET /api/v1/streaming?stream=user HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`
    if (at % 3 === 0) socket.write(Buffer.concat([Buffer.from(shake), frame]))
    else {
      socket.write(shake)
      await once(socket, 'data')
      socket.write(frame)
    }
    await sleep(2)
    socket.destroy()
  }
  await good.done()
  expect((await client().get('/api/v1/instance')).status).toBe(200)
}, 60_000)

test('CVE-2024-38355, CVE-2026-33151, CVE-2026-59725: nothing speaks the protocol of socket.io, which has attachments, sessions and events of any name', async () => {
  const sources = await Array.fromAsync(
    glob('{config,platform,core,federation,server,workers,cli,bin}/**/*.{ts,mjs}'),
  )
  expect(sources).toContain('server/streaming/socket.ts')
  for (const file of sources)
    expect([
      file,
      /from '(socket\.io|engine\.io)|import\('socket/.test(await readFile(file, 'utf8')),
    ]).toEqual([file, false])
  const token = await makeToken(['read'], await member('alice'))
  const open = () => [...openConnections()].length
  const base = open()
  for (const path of ['/socket.io/', '/engine.io/', '/api/v1/streaming/socket.io/']) {
    const polling = `${path}?EIO=4&transport=polling&sid=__proto__&access_token=${token}`
    for (const method of ['GET', 'POST']) expect((await request(method, polling)).status).toBe(404)
    const posts = Array.from({ length: 200 }, () =>
      request('POST', polling, 'bAAAA', { headers: { 'Content-Type': 'application/octet-stream' } }),
    )
    expect(new Set((await Promise.all(posts)).map(({ status }) => status))).toEqual(new Set([404]))
  }
  expect(open()).toBe(base)
})

test('CVE-2024-38355, CVE-2026-33151: a message may have any name and announce anything; the stream it came by goes on', async () => {
  const alice = await member('alice')
  const token = await makeToken(['read'], alice)
  const { socket, frames, done } = await openSocket('?stream=user', { token })
  const names = [
    'error',
    'connect',
    'disconnect',
    'newListener',
    'removeListener',
    'domain',
    'message',
    'close',
    '__proto__',
  ]
  for (const name of names)
    for (const text of [
      `{"type":"${name}"}`,
      `["${name}",{"a":1}]`,
      `{"type":"subscribe","stream":"${name}"}`,
      `42["${name}"]`,
    ])
      socket.send(text)
  for (const count of [1, 10, 1_000_000_000]) {
    socket.send(`5${count}-["error",{"_placeholder":true,"num":${count}}]`)
    socket.send(JSON.stringify({ type: 'error', attachments: count, _placeholder: true, num: '__proto__' }))
  }
  await done()
  expect(frames.all.filter(({ event }) => event)).toEqual([])
  await tellStreams({}, { event: 'filters_changed', accountId: alice.account.id })
  expect(await frames.next(({ event }) => event !== undefined)).toMatchObject({ event: 'filters_changed' })
  expect((await client().get('/api/v1/instance')).status).toBe(200)
})

test('CVE-2026-59725: handshakes that are broken off, and streams that are left, hold nothing afterwards', async () => {
  const token = await makeToken(['read'], await member('alice'))
  const { hostname, port } = new URL(await baseUrl())
  const open = () => [...openConnections()].length
  const base = open()
  const asks = [
    `GET /api/v1/streaming?stream=user HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    `GET /api/v1/streaming/user HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    `POST /api/v1/streaming/user HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: image/png\r\n\r\nx`,
    'GET /api/v1/streaming HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ]
  for (let at = 0; at < 200; at += 1) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(asks[at % asks.length]!.slice(0, at % 3 === 2 ? 60 : undefined))
    if (at % 2) await sleep(3)
    socket.destroy()
  }
  for (let round = 0; round < 100 && open() > base; round += 1) await sleep(50)
  expect(open()).toBe(base)
})
