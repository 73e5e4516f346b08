import { readFile } from 'node:fs/promises'
import { Medium } from '#core/media/medium.model'
import { cast, type Member } from '#test/factories/account'
import { file, upload } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
})

const form = async (fields: Record<string, Parameters<typeof file>[0] | { text: string }>) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object') body.append(name, value.text)
    // What the client says of the file is wrong on purpose: it must count for nothing.
    else
      body.append(
        name,
        new Blob([await readFile((await file(value)).path)], { type: 'text/html' }),
        '../../x.html',
      )
  }
  return body
}

test('MEDIA-01 MEDIA-10 MEDIA-11 a picture is answered 200 and ready', async () => {
  const body = await form({
    file: 'photo.jpg',
    description: { text: 'a wall' },
    focus: { text: '-0.5,0.25' },
  })
  const answer = await client(alice).post('/api/v2/media', body)
  expect(answer.status).toBe(200)
  expectEntity('MediaAttachment::Processed', answer.body)
  expect(answer.body).toMatchObject({
    type: 'image',
    description: 'a wall',
    remote_url: null,
    text_url: null,
  })
  expect(answer.body.meta).toMatchObject({
    original: { width: 900, height: 600, size: '900x600', aspect: 1.5 },
    focus: { x: -0.5, y: 0.25 },
  })
  expect(answer.body.url).toMatch(/\/media\/files\/..\/..\/\d+-[0-9a-f]{32}\.jpg$/)
})

test('MEDIA-01 MEDIA-02 a video is answered 202, then 206 while it is processed, then 200', async () => {
  const app = client(alice)
  const taken = await app.post('/api/v2/media', await form({ file: 'video.mp4', thumbnail: 'cover.png' }))
  expect(taken.status).toBe(202)
  expectEntity('MediaAttachment', taken.body)
  expect(taken.body.url).toBeNull()
  expect(taken.body.preview_url).toMatch(/\.jpg$/)
  const path = `/api/v1/media/${taken.body.id}`
  expect((await app.get(path)).status).toBe(206)
  await settle()
  const ready = await app.get(path)
  expect(ready.status).toBe(200)
  expectEntity('MediaAttachment::Processed', ready.body)
  expect(ready.body.meta.original).toMatchObject({ width: 160, height: 120, frame_rate: '10/1' })
  expect(ready.body.preview_url).toBe(taken.body.preview_url)
})

test('MEDIA-03 the old way waits and answers 200', async () => {
  const answer = await client(alice).post('/api/v1/media', await form({ file: 'song.mp3' }))
  expect(answer.status).toBe(200)
  expectEntity('MediaAttachment::Processed', answer.body)
  expect(answer.body).toMatchObject({ type: 'audio', preview_url: null })
})

test('MEDIA-02 MEDIA-08 what is not taken, missing, or failed is 422', async () => {
  const app = client(alice)
  const body = new FormData()
  body.append('file', new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/png' }), 'x.png')
  expect((await app.post('/api/v2/media', body)).status).toBe(422)
  expect((await app.post('/api/v2/media', {})).status).toBe(422)
  expect(
    (await app.post('/api/v2/media', await form({ file: 'photo.jpg', focus: { text: '7,7' } }))).status,
  ).toBe(422)
  const { id } = await upload(alice, { state: 'failed', failure: 'The file cannot be read.' })
  expect(await app.get(`/api/v1/media/${id}`)).toMatchObject({
    status: 422,
    body: { error: 'The file cannot be read.' },
  })
})

test('MEDIA-02 MEDIA-06 description, focus and preview change until a post has it, then all is 404', async () => {
  const app = client(alice)
  const { body: medium } = await app.post('/api/v2/media', await form({ file: 'photo.jpg' }))
  const path = `/api/v1/media/${medium.id}`
  const changed = await app.put(path, { description: 'new', focus: '1,1' })
  expect(changed).toMatchObject({
    status: 200,
    body: { description: 'new', meta: { focus: { x: 1, y: 1 } } },
  })
  expect((await app.put(path, { focus: '0,0' })).body.description).toBe('new')
  expect((await app.patch(path, { description: '' })).body.description).toBeNull()
  expect((await app.put(path, { description: 'x'.repeat(10_001) })).status).toBe(422)
  await post(alice, { mediaIds: [medium.id] })
  expect((await app.put(path, { description: 'late' })).status).toBe(404)
  expect((await app.get(path)).status).toBe(404)
})

test('MEDIA-02 media of others, unknown ones and malformed ids are 404 (CVE-2025-32945)', async () => {
  const { id } = await upload(alice)
  const app = client(bob)
  for (const each of [id, '1', 'x']) {
    expect((await app.get(`/api/v1/media/${each}`)).status).toBe(404)
    expect((await app.put(`/api/v1/media/${each}`, { description: 'mine' })).status).toBe(404)
    expect((await app.delete(`/api/v1/media/${each}`)).status).toBe(404)
  }
  expect((await Medium.findByPk(id))?.description).toBeNull()
})

test('MEDIA-07 an upload goes with its files, unless a post has it: then 422', async () => {
  const app = client(alice)
  const { body: medium } = await app.post('/api/v2/media', await form({ file: 'photo.jpg' }))
  const free = await app.delete(`/api/v1/media/${medium.id}`)
  expect(free).toMatchObject({ status: 200, body: {} })
  await settle()
  expect((await client().get(new URL(medium.url).pathname)).status).toBe(404)
  const { id } = await upload(alice)
  await post(alice, { mediaIds: [id] })
  expect((await app.delete(`/api/v1/media/${id}`)).status).toBe(422)
})

test('a token for write:media is needed', async () => {
  const body = await form({ file: 'photo.jpg' })
  expect((await client().post('/api/v2/media', body)).status).toBe(401)
  expect(
    (await client(alice, ['read']).post('/api/v2/media', await form({ file: 'photo.jpg' }))).status,
  ).toBe(403)
})
