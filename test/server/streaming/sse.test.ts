import { revokeTokens } from '#core/auth/revoke-tokens'
import { createList } from '#core/relationships/create-list'
import { tellStreams } from '#core/stream'
import { pulse } from '#server/streaming/streams'
import { as, cast } from '#test/factories/account'
import { post } from '#test/factories/post'
import { makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'
import { closeAll, openEvents } from '#test/support/streams'

afterEach(closeAll)

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

test('STRM-14 events come as an event line, a data line and a blank line, after a comment', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  const { answer, pieces } = await openEvents('user', bearer(token))
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  expect(await pieces.next()).toMatch(/^:/)
  const one = await post(alice, { text: 'two\nlines' })
  await settle()
  const [event = '', data = '', ...rest] = (await pieces.next()).split('\n')
  expect([event, rest]).toEqual(['event: update', ['', '']])
  const status = JSON.parse(data.replace('data: ', ''))
  expectEntity('Status', status)
  expect(status.id).toBe(one.id)
  await tellStreams({}, { event: 'delete', postId: one.id, to: { homes: [alice.account.id] } })
  expect(await pieces.next()).toBe(`event: delete\ndata: ${one.id}\n\n`)
  await tellStreams({}, { event: 'filters_changed', accountId: alice.account.id })
  expect(await pieces.next()).toBe('event: filters_changed\ndata: null\n\n')
})

test('STRM-07 each path is its channel', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  const list = await as(alice, createList, { title: 'mine' })
  const paths = ['user', 'user/notification', 'direct', 'public', 'public/local', 'public/remote']
  paths.push('hashtag?tag=bees', 'hashtag/local?tag=bees', `list?list=${list.id}`, 'public?only_media=true')
  const opened = await Promise.all(paths.map((path) => openEvents(path, bearer(token))))
  expect(opened.map(({ answer }) => answer.status)).toEqual(paths.map(() => 200))
  await Promise.all(opened.map(({ pieces }) => pieces.next((piece) => piece.startsWith(':'))))
  await post(alice, { hashtags: [{ name: 'bees', display: 'bees' }] })
  await settle()
  const got = ['user', 'public', 'public/local', 'hashtag?tag=bees', 'hashtag/local?tag=bees']
  await Promise.all(got.map((path) => opened[paths.indexOf(path)]!.pieces.next()))
  expect(opened.map(({ pieces }) => pieces.all.length)).toEqual(paths.map(() => 0))
})

test('STRM-07 only_media leaves out what has no attachment', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  const { pieces } = await openEvents('public?only_media=true', bearer(token))
  const all = await openEvents(`public?only_media=false&access_token=${token}`)
  await Promise.all([pieces.next(), all.pieces.next()])
  await post(alice)
  await settle()
  expect(await all.pieces.next()).toMatch(/^event: update/)
  expect(pieces.all).toEqual([])
})

test('STRM-14 a comment comes every 15 seconds', async () => {
  const { alice } = await cast('alice')
  const { pieces } = await openEvents('user', bearer(await makeToken(['read'], alice)))
  await pieces.next()
  for (let beat = 0; beat < 3; beat += 1) await pulse()
  expect(await pieces.next()).toMatch(/^:/)
})

test('STRM-03 STRM-11 what is wrong is answered before anything is sent', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const list = await as(bob, createList, { title: 'mine' })
  const headers = bearer(await makeToken(['read'], alice))
  const statusOf = async (path: string, extra: Record<string, string> = headers) => {
    const { status, body } = await request('GET', `/api/v1/streaming/${path}`, undefined, { headers: extra })
    expect(body).toEqual({ error: expect.any(String) })
    return status
  }
  expect(await statusOf('user', {})).toBe(401)
  expect(await statusOf('public', bearer('unknown'))).toBe(401)
  expect(await statusOf('public', bearer(await makeToken(['read'])))).toBe(401)
  expect(await statusOf('user/notification', bearer(await makeToken(['read:statuses'], alice)))).toBe(401)
  expect(await statusOf('hashtag')).toBe(400)
  expect(await statusOf('hashtag/local?tag=')).toBe(400)
  expect(await statusOf('list')).toBe(400)
  expect(await statusOf(`list?list=${list.id}`)).toBe(401)
  for (const path of ['weather', 'user/x', 'constructor', '__proto__', 'public/local/media', '%00'])
    expect({ path, status: await statusOf(path) }).toEqual({ path, status: 404 })
})

test('STRM-18 revoking the token ends the stream', async () => {
  const { alice } = await cast('alice')
  const { pieces, ended } = await openEvents('user', bearer(await makeToken(['read'], alice)))
  await pieces.next()
  await revokeTokens(alice.ctx, { userId: alice.user.id })
  await ended
})

test('STRM-19 STRM-20 CORS-07 the health check is OK without a token, and streams answer any origin', async () => {
  const { alice } = await cast('alice')
  const headers = { Origin: 'https://elk.example' }
  const health = await request('GET', '/api/v1/streaming/health', undefined, { headers })
  expect([health.status, health.body]).toEqual([200, 'OK'])
  expect(health.headers.get('access-control-allow-origin')).toBe('*')
  const { answer } = await openEvents('user', { ...headers, ...bearer(await makeToken(['read'], alice)) })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
})
