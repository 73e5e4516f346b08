import { setTimeout as sleep } from 'node:timers/promises'
import { revokeTokens } from '#core/auth/revoke-tokens'
import { createPost } from '#core/posts/create-post'
import { followAccount } from '#core/relationships/follow-account'
import { db } from '#platform/db'
import { tellStreams } from '#core/stream'
import { connectRedis } from '#platform/redis'
import { openConnections } from '#server/streaming/hub'
import { pulse } from '#server/streaming/streams'
import { as, cast, member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'
import { makeToken, request } from '#test/support/client'
import { settle } from '#test/support/settle'
import { closeAll, openEvents, openSocket, refusalOf } from '#test/support/streams'

afterEach(closeAll)

/** Lets as many seconds pass, five at a time. */
async function pass(seconds: number) {
  for (let beat = 0; beat < seconds / 5; beat += 1) await pulse()
}

const ids = async () => {
  const { alice } = await cast('alice')
  return { alice, token: await makeToken(['read'], alice) }
}

test('STRM-01 STRM-02 TRIP-33 TRIP-35 TRIP-65 a token comes by header, query or subprotocol, from any origin', async () => {
  const { token } = await ids()
  const origin = 'https://elk.example'
  await openSocket('', { token, origin })
  await openSocket('/', { token })
  await openSocket(`/?access_token=${token}&stream=user`, { origin })
  const { socket } = await openSocket('/', { protocol: token })
  expect(socket.protocol).toBe(token)
  const { socket: both } = await openSocket(`?access_token=${token}`, { protocol: 'mastodon' })
  expect(both.protocol).toBe('mastodon')
})

test('STRM-03 a missing, unknown or revoked token, and one of no member, is refused with 401', async () => {
  const { alice } = await cast('alice')
  const revoked = await makeToken(['read'], alice)
  await revokeTokens(alice.ctx, { userId: alice.user.id })
  const disabled = await member('dan', { user: { disabledAt: new Date() } })
  const unconfirmed = await member('eve', { user: { confirmedAt: null } })
  const suspended = await member('sid', { account: { suspendedAt: new Date() } })
  const tokens = [undefined, 'unknown', revoked, await makeToken(['read'])]
  for (const who of [disabled, unconfirmed, suspended]) tokens.push(await makeToken(['read'], who))
  for (const token of tokens) {
    const { status, body } = await refusalOf('?stream=public', token ? { token } : {})
    expect({ token, status }).toEqual({ token, status: 401 })
    expect(body.error).toEqual(expect.any(String))
  }
  expect(await refusalOf('', { protocol: 'unknown' })).toMatchObject({ status: 401 })
})

test('STRM-13 unreadable and senseless messages are ignored', async () => {
  const { token, alice } = await ids()
  const { socket, frames, done } = await openSocket('?stream=user', { token })
  for (const text of [
    '',
    '{',
    'null',
    '1',
    '[]',
    '"x"',
    '{"type":"dance"}',
    '{"type":["subscribe"]}',
    '\ud800',
  ])
    socket.send(text)
  await done()
  await tellStreams({}, { event: 'filters_changed', accountId: alice.account.id })
  expect(await frames.next()).toMatchObject({ event: 'filters_changed' })
})

test('STRM-13 a binary message closes the socket with 1003, one of a mebibyte with 1009', async () => {
  const { token } = await ids()
  const binary = await openSocket('', { token })
  binary.socket.send(Buffer.from('{}'))
  expect(await binary.closed).toBe(1003)
  const large = await openSocket('', { token })
  large.socket.send('x'.repeat(1_048_576))
  expect(await large.closed).toBe(1009)
})

test('STRM-13 a flood of commands closes the socket, and nobody follows more than a hundred channels', async () => {
  const { token } = await ids()
  const flood = await openSocket('', { token })
  for (let n = 0; n < 1000; n += 1) flood.say({ type: 'subscribe', stream: 'list', list: '5' })
  expect(await flood.closed).toBe(1008)
  const many = await openSocket('', { token })
  for (let n = 0; n < 100; n += 1) {
    many.say({ type: 'subscribe', stream: 'hashtag', tag: `bees${n}` })
    if (n % 50 === 49) await many.done()
  }
  many.say({ type: 'subscribe', stream: 'public' })
  expect(await many.frames.next()).toMatchObject({ error: 'Too many channels', status: 400 })
})

test('STRM-13 every 30 seconds comes a ping, and whoever does not answer is dropped', async () => {
  const { token } = await ids()
  const alive = await openSocket('', { token })
  const silent = await openSocket('', { token, autoPong: false })
  const pinged = Promise.all(
    [alive, silent].map(({ socket }) => new Promise((resolve) => socket.once('ping', resolve))),
  )
  await pass(30)
  await pinged
  await alive.done()
  await pass(30)
  expect(await silent.closed).toBe(1006)
  await alive.done()
})

test('STRM-18 R-203 revoking the token closes its streams at once, and no others', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const mine = await openSocket('?stream=user', { token: await makeToken(['read'], alice) })
  const other = await openSocket('?stream=user', { token: await makeToken(['read'], bob) })
  await revokeTokens(alice.ctx, { userId: alice.user.id })
  expect(await mine.closed).toBe(1008)
  await other.done()
})

test('CVE-2025-62175: who is locked out loses all open streams at once, hears nothing said after it, and opens no new one', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const token = await makeToken(['read'], alice)
  await as(alice, followAccount, { accountId: bob.account.id })
  await settle()
  const mine = [
    await openSocket('?stream=user', { token }),
    await openSocket('?stream=public', { token: await makeToken(['read'], alice) }),
  ]
  const events = await openEvents('user', { Authorization: `Bearer ${token}` })
  const other = await openSocket('?stream=public', { token: await makeToken(['read'], bob) })
  expect((await kith('accounts', 'disable', 'alice')).code).toBe(0)
  await as(bob, createPost, { text: 'about alice' })
  await settle()
  expect(await other.frames.next()).toMatchObject({ event: 'update' })
  expect(await Promise.all(mine.map(({ closed }) => closed))).toEqual([1008, 1008])
  await events.ended
  expect(mine.flatMap(({ frames }) => frames.all)).toEqual([])
  expect(events.pieces.all.filter((piece) => piece.includes('update'))).toEqual([])
  expect(await refusalOf('?stream=user', { token })).toMatchObject({ status: 401 })
  const own = '/api/v1/accounts/verify_credentials'
  const headers = { Authorization: `Bearer ${token}` }
  expect((await request('GET', own, undefined, { headers })).status).toBe(403)
  expect((await kith('accounts', 'enable', 'alice')).code).toBe(0)
  await openSocket('?stream=user', { token })
})

test.each([
  ['a token that was revoked', `UPDATE oauth_tokens SET revoked_at = now()`],
  ['a member who was disabled', `UPDATE users SET disabled_at = now()`],
  ['an account that was suspended', `UPDATE accounts SET suspended_at = now()`],
])(
  'CVE-2025-62175 STRM-18 R-203 %s is noticed within five seconds even when nobody says so',
  async (_what, sql) => {
    const { token } = await ids()
    const { closed, done } = await openSocket('', { token })
    await pass(5)
    await done()
    await db.query(sql)
    await pass(5)
    expect(await Promise.race([closed, sleep(2500, 'open')])).toBe(1008)
  },
)

test('R-203 when something was lost on its way here, every stream begins anew, and new ones stay', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const open = async () => openSocket('?stream=user', { token: await makeToken(['read'], alice) })
  const streams = [await open(), await open(), await open()]
  const redis = connectRedis({ lazyConnect: false, enableOfflineQueue: true })
  const say = (seq: number) =>
    redis.publish('kith:topic:stream', JSON.stringify({ from: 'elsewhere', born: 0, seq, message: {} }))
  await say(5)
  await say(7)
  redis.disconnect()
  expect(await Promise.all(streams.map(({ closed }) => closed))).toEqual([1012, 1012, 1012])
  const { frames, done } = await open()
  await done()
  const { id: postId } = await post(bob)
  await tellStreams({}, { event: 'update', postId, to: { homes: [alice.account.id] } })
  expect(await frames.next()).toMatchObject({ event: 'update' })
})

test('R-201 whoever does not read is cut off at a mebibyte, and others are not held up', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const stuck = await openSocket('?stream=user', { token: await makeToken(['read'], alice) })
  const other = await openSocket('?stream=user', { token: await makeToken(['read'], alice) })
  await Promise.all([stuck.done(), other.done()])
  stuck.socket.pause()
  const { id: postId } = await post(bob, { text: 'x'.repeat(100_000) })
  for (let n = 0; n < 120; n += 1) {
    await tellStreams({}, { event: 'update', postId, to: { homes: [alice.account.id] } })
    expect(await other.frames.next()).toMatchObject({ event: 'update' })
  }
  stuck.socket.resume()
  expect(await stuck.closed).toBe(1006)
  await other.done()
})

test('R-201 whoever has not caught up for 30 seconds is cut off', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const stuck = await openSocket('?stream=user', { token: await makeToken(['read'], alice) })
  const other = await openSocket('?stream=user', { token: await makeToken(['read'], alice) })
  await Promise.all([stuck.done(), other.done()])
  stuck.socket.pause()
  const { id: postId } = await post(bob, { text: 'x'.repeat(100_000) })
  // What the system takes in by itself does not count: it has to be full.
  while (![...openConnections()].some(({ waiting }) => waiting > 0)) {
    await tellStreams({}, { event: 'update', postId, to: { homes: [alice.account.id] } })
    await other.frames.next()
  }
  await pass(25)
  await other.done()
  await pass(10)
  stuck.socket.resume()
  expect(await stuck.closed).toBe(1006)
  await other.done()
})

test('STRM-21 without a handshake there is an error', async () => {
  const { token } = await ids()
  const headers = { Authorization: `Bearer ${token}` }
  expect((await request('GET', '/api/v1/streaming', undefined, { headers })).status).toBe(404)
  expect((await request('GET', '/api/v1/streaming/')).status).toBe(404)
})

test('RATE-01 one token opens a hundred streams and no more', async () => {
  const { token } = await ids()
  await Promise.all(Array.from({ length: 100 }, () => openSocket('', { token })))
  expect(await refusalOf('', { token })).toMatchObject({ status: 429 })
})
