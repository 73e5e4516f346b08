import { uploadMedia } from '#core/media/upload-media'
import type { Medium } from '#core/media/medium.model'
import { openStore } from '#platform/storage'
import { newKey } from '#platform/storage-keys'
import { as, cast, type Member } from '#test/factories/account'
import { file } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { request } from '#test/support/client'

let alice: Member
let medium: Medium
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  medium = await as(alice, uploadMedia, { file: await file('photo.jpg') })
})
const path = () => `/media/${medium.fileKey}`

test('CORS-08 a file comes with its type and never as a page (federation rule 61, AKKOMA-2024.03-a)', async () => {
  const { status, headers, body } = await request('GET', path())
  expect(status).toBe(200)
  const told = Object.fromEntries(headers)
  expect(told).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'cross-origin',
  })
  expect(told['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
  expect(told['set-cookie']).toBeUndefined()
  expect(Number(told['content-length'])).toBeGreaterThan(body.length / 4)
})

test('parts are had by range, and what lies outside is 416', async () => {
  const part = await request('GET', path(), undefined, { headers: { Range: 'bytes=0-3' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toMatch(/^bytes 0-3\/\d+$/)
  expect(part.headers.get('content-length')).toBe('4')
  expect(
    (await request('GET', path(), undefined, { headers: { Range: 'bytes=-2' } })).headers.get(
      'content-length',
    ),
  ).toBe('2')
  expect((await request('GET', path(), undefined, { headers: { Range: 'bytes=99999999-' } })).status).toBe(
    416,
  )
  expect((await request('GET', path(), undefined, { headers: { Range: 'lines=1-2' } })).status).toBe(200)
  expect((await request('GET', path(), undefined, { headers: { Range: 'bytes=0-1,4-5' } })).status).toBe(200)
})

test('who has it already is told so', async () => {
  const { headers } = await request('HEAD', path())
  const again = await request('GET', path(), undefined, {
    headers: { 'If-None-Match': headers.get('etag') ?? '' },
  })
  expect({ status: again.status, body: again.body }).toEqual({ status: 304, body: '' })
})

test('uploads that wait, and paths that are no keys, are 404 and read nothing (CVE-2023-36460)', async () => {
  const waiting = newKey('uploads', medium.id, 'jpg')
  await (await openStore()).put(waiting, (await file('photo.jpg')).path, 'image/jpeg')
  const paths = [
    `/media/${waiting}`,
    '/media/files/../../secret',
    '/media/files/%2e%2e/%2e%2e/secret',
    '/media/files/..%2f..%2fsecret/x/y',
    '/media/files/aa/bb/1-%00.jpg',
    `/media/${newKey('files', '1', 'jpg')}`,
    '/media/files',
    '/media/nothing',
  ]
  for (const each of paths) {
    const { status, headers } = await request('GET', each, undefined, { headers: { Accept: 'text/html' } })
    expect([each, status]).toEqual([each, 404])
    if (new URL(each, 'http://x').pathname.startsWith('/media/'))
      expect(headers.get('content-type')).toMatch(/^application\/json/)
  }
})

test('a short address leads to the file, when everybody may see it', async () => {
  expect((await request('GET', `/media/${medium.id}`)).status).toBe(404)
  await post(alice, { mediaIds: [medium.id] })
  const { status, headers } = await request('GET', `/media/${medium.id}`)
  expect(status).toBe(302)
  expect(headers.get('location')).toContain(medium.fileKey)
  const hidden = await as(alice, uploadMedia, { file: await file('photo.jpg') })
  await post(alice, { mediaIds: [hidden.id], visibility: 'private' })
  expect((await request('GET', `/media/${hidden.id}`)).status).toBe(404)
})
