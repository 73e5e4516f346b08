import sharp from 'sharp'
import { receivePost } from '#core/posts/receive-post'
import { Medium } from '#core/media/medium.model'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { outside, remotePost } from '#test/factories/remote-post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const upload = (owner: Member) =>
  Medium.create({
    ownerId: owner.account.id,
    state: 'ready',
    kind: 'image',
    fileKey: 'a.png',
    meta: { original: { width: 4, height: 3 } },
  })

test('STAT-11 STAT-12 an edit replaces what is said and clears what is not sent', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const medium = await upload(alice)
  const { body: made } = await app.post('/api/v1/statuses', {
    status: 'one',
    spoiler_text: 'cw',
    media_ids: [medium.id],
    language: 'fr',
    visibility: 'unlisted',
    poll: { options: ['a', 'b'], expires_in: 600 },
  })
  const path = `/api/v1/statuses/${made.id}`
  const { status, body } = await app.put(path, { status: 'two #tag', visibility: 'public' })
  expect(status).toBe(200)
  expectEntity('Status::SignedIn', body)
  expect(body).toMatchObject({
    spoiler_text: '',
    sensitive: false,
    media_attachments: [],
    poll: null,
    language: 'fr',
    visibility: 'unlisted',
    edited_at: expect.any(String),
    tags: [{ name: 'tag', url: 'http://localhost:3000/tags/tag' }],
  })
  expect((await app.put(path, { status: '' })).status).toBe(422)
  expect((await app.patch(path, { status: 'three' })).body.content).toBe('<p>three</p>')
})

test('STAT-15 an edit that changes nothing leaves edited_at as it was', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const { body: made } = await app.post('/api/v1/statuses', {
    status: 'one',
    language: 'de',
    sensitive: true,
  })
  const same = { status: 'one', sensitive: true }
  expect((await app.put(`/api/v1/statuses/${made.id}`, same)).body.edited_at).toBe(null)
  const history = await app.get(`/api/v1/statuses/${made.id}/history`)
  expect(history.body).toHaveLength(1)
})

test('STAT-17 the history is oldest first, with the attachments and options of each time', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const medium = await upload(alice)
  const { body: made } = await app.post('/api/v1/statuses', {
    status: 'one',
    media_ids: [medium.id],
    poll: { options: ['a', 'b'], expires_in: 600 },
  })
  const path = `/api/v1/statuses/${made.id}`
  await app.put(path, { status: 'two', poll: { options: ['x', 'y'], expires_in: 600 } })
  const { body: last } = await app.put(path, { status: 'three' })
  const { body } = await client().get(`${path}/history`)
  expectEntity('Array<StatusEdit>', body)
  expect(body.map((each: { content: string }) => each.content)).toEqual([
    '<p>one</p>',
    '<p>two</p>',
    '<p>three</p>',
  ])
  expect(body[0].media_attachments.map(({ id }: Medium) => id)).toEqual([medium.id])
  expect(body[0].poll.options).toEqual([{ title: 'a' }, { title: 'b' }])
  expect(body[2]).not.toHaveProperty('poll')
  expect([body[0].created_at, body[2].created_at]).toEqual([made.created_at, last.edited_at])
})

test('STAT-13 and TRIP-29 descriptions and focus change with the edit', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const medium = await upload(alice)
  const { body: made } = await app.post('/api/v1/statuses', { status: 'x', media_ids: [medium.id] })
  const form = new URLSearchParams([
    ['status', 'x'],
    ['media_ids[]', medium.id],
    ['media_attributes[][id]', medium.id],
    ['media_attributes[][description]', 'a bee'],
    ['media_attributes[][focus]', '-0.5,1'],
  ])
  const { body } = await app.put(`/api/v1/statuses/${made.id}`, form)
  expect(body.media_attachments[0]).toMatchObject({
    description: 'a bee',
    meta: { focus: { x: -0.5, y: 1 } },
  })
  expect(body.edited_at).not.toBe(null)
  const long = [{ id: medium.id, description: 'x'.repeat(10_001) }]
  const refused = await app.put(`/api/v1/statuses/${made.id}`, {
    status: 'x',
    media_ids: [medium.id],
    media_attributes: long,
  })
  expect(refused.status).toBe(422)
})

test('STAT-14 other options start the poll anew, another end does not', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const ask = (options: string[], expires_in: number) => ({ status: 'x', poll: { options, expires_in } })
  const { body: made } = await app.post('/api/v1/statuses', ask(['a', 'b'], 600))
  await client(bob).post(`/api/v1/polls/${made.poll.id}/votes`, { choices: [0] })
  const later = await app.put(`/api/v1/statuses/${made.id}`, ask(['a', 'b'], 6000))
  expect([later.body.poll.votes_count, later.body.edited_at]).toEqual([1, null])
  expect(later.body.poll.expires_at > made.poll.expires_at).toBe(true)
  const other = await app.put(`/api/v1/statuses/${made.id}`, ask(['a', 'c'], 6000))
  expect([other.body.poll.votes_count, other.body.edited_at]).toEqual([0, expect.any(String)])
})

test('STAT-18 the source is what was typed', async () => {
  const alice = await member('alice')
  const { body: made } = await client(alice).post('/api/v1/statuses', {
    status: 'a <b>\n@nobody',
    spoiler_text: 'c',
  })
  const { body } = await client(alice).get(`/api/v1/statuses/${made.id}/source`)
  expectEntity('StatusSource', body)
  expect(body).toEqual({
    id: made.id,
    text: 'a <b>\n@nobody',
    spoiler_text: 'c',
    content_type: 'text/plain',
  })
  expect((await client().get(`/api/v1/statuses/${made.id}/source`)).status).toBe(401)
  const rea = await stranger('rea')
  const theirs = await receivePost(outside, remotePost(rea, '1'))
  expect((await client(alice).get(`/api/v1/statuses/${theirs.id}/source`)).body.text).toBe('hello')
})

test('STAT-13 a new preview of a video comes with the edit', async () => {
  const alice = await member('alice')
  const video = await Medium.create({
    ownerId: alice.account.id,
    state: 'ready',
    kind: 'video',
    fileKey: 'a.mp4',
    previewKey: 'old.png',
  })
  const app = client(alice)
  const { body: made } = await app.post('/api/v1/statuses', { status: 'x', media_ids: [video.id] })
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const form = new FormData()
  form.append('status', 'x')
  form.append('media_ids[]', video.id)
  form.append('media_attributes[][id]', video.id)
  form.append('media_attributes[][thumbnail]', new Blob([new Uint8Array(picture)]), 'p.png')
  const { status, body } = await app.put(`/api/v1/statuses/${made.id}`, form)
  expect([status, body.edited_at]).toEqual([200, null])
  expect(body.media_attachments[0].preview_url).not.toBe(made.media_attachments[0].preview_url)
})
