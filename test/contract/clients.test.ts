import { readFile } from 'node:fs/promises'
import { limits } from '#config/limits'
import { OauthToken } from '#core/auth/oauth-token.model'
import { acceptedMimeTypes } from '#platform/media-type'
import { app, codeFor, exchange } from '#test/factories/app'
import { cast, member } from '#test/factories/account'
import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { file } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'

test('OAUTH-23 TRIP-43 TRIP-56 extra parameters of a token request are ignored, and asking twice gives tokens that work', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const quill = await app()
  for (let at = 0; at < 2; at += 1) {
    const { body } = await exchange(quill, await codeFor(browser, quill), { scope: 'read', force: 'yes' })
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'read write', created_at: expect.any(Number) })
    const headers = { Authorization: `Bearer ${body.access_token}` }
    expect((await request('GET', '/api/v1/preferences', undefined, { headers })).status).toBe(200)
  }
  const own = await request('POST', '/oauth/token', {
    grant_type: 'client_credentials',
    client_id: quill.client_id,
    client_secret: quill.client_secret,
    redirect_uri: quill.redirect_uri,
    code: 'x',
  })
  expect(own.status).toBe(200)
  expect(await OauthToken.count()).toBe(3)
  expect((await client().get('/api/v2/instance')).body.thumbnail.url).toMatch(/^http/)
})

test('TRIP-18 TRIP-20 pictures tell their sizes, and the limit that is announced is the one that is kept', async () => {
  const alice = client(await member('alice'))
  const form = new FormData()
  form.append('file', new Blob([await readFile((await file('photo.jpg')).path)]), 'a.jpg')
  const { meta } = (await alice.post('/api/v2/media', form)).body
  for (const size of [meta.original, meta.small])
    expect(size).toMatchObject({
      width: expect.any(Number),
      height: expect.any(Number),
      size: `${size.width}x${size.height}`,
    })
  const { media_attachments: told } = (await client().get('/api/v2/instance')).body.configuration
  expect(told).toMatchObject({
    image_size_limit: limits.media.imageBytes,
    supported_mime_types: acceptedMimeTypes,
  })
  expect(told.supported_mime_types).toContain('image/jpeg')
  const large = new FormData()
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
  large.append('file', new Blob([head, Buffer.alloc(told.image_size_limit)]), 'b.jpg')
  expect((await alice.post('/api/v2/media', large)).status).toBe(422)
})

test('TRIP-26 a search for the address of a post finds that post and nothing that only looks like it', async () => {
  const { alice } = await cast('alice')
  const { id } = await post(alice)
  const own = client(alice)
  const { url } = (await own.get(`/api/v1/statuses/${id}`)).body
  await own.post('/api/v1/statuses', { status: `see ${url}` })
  const { body } = await own.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(url)}`)
  expect(body.statuses.map((each: { id: string }) => each.id)).toEqual([id])
})

test('TRIP-34 every answer has a type, and every JSON can be read', async () => {
  const { alice } = await cast('alice')
  const own = client(alice)
  for (const path of [
    '/api/v1/timelines/home',
    '/api/v1/nothing',
    '/api/v1/statuses/1',
    '/api/v1/preferences',
  ]) {
    const { headers, body } = await own.get(path)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(typeof body).toBe('object')
  }
})

test('TRIP-37 markers may come as a multipart form, and the last page leads nowhere else', async () => {
  const { alice } = await cast('alice')
  const own = client(alice)
  const { id } = await post(alice)
  const form = new FormData()
  form.append('home[last_read_id]', id)
  expect((await own.post('/api/v1/markers', form)).body.home.last_read_id).toBe(id)
  const page = await own.get(`/api/v1/timelines/home?limit=1`)
  const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
  if (next) expect((await own.get(new URL(next).pathname + new URL(next).search)).body).toEqual([])
  const link = await own.get(`/api/v1/timelines/home?max_id=${id}`)
  expect([link.body, link.headers.get('link')]).toEqual([[], null])
})

test('TRIP-60 a post names the app that it was written with', async () => {
  const own = client(await member('alice'))
  const { application } = (await own.post('/api/v1/statuses', { status: 'hello' })).body
  expect(application).toEqual({ name: 'Test app', website: null })
})

test('TRIP-66 probing for media that there are not is a plain 404', async () => {
  const own = client(await member('alice'))
  for (const verb of ['get', 'put'] as const) {
    const { status, body } = await own[verb]('/api/v2/media/1')
    expect([status, typeof body.error]).toEqual([404, 'string'])
  }
})
