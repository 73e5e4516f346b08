import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { Medium } from '#core/media/medium.model'
import { uploadMedia } from '#core/media/upload-media'
import { Invalid } from '#platform/errors'
import { openStore } from '#platform/storage'
import { as, cast, type Member } from '#test/factories/account'
import { file, fileOf } from '#test/factories/medium'
import { settle } from '#test/support/settle'

const bytesOf = async (key: string | null): Promise<string> =>
  text((await (await openStore()).read(key ?? '')).setEncoding('latin1'))
const isKept = async (key: string | null) => (await (await openStore()).size(key ?? '')) !== undefined

let alice: Member
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
})

test('MEDIA-01 a picture is ready at once, without hidden data, and its upload is gone (federation rule 155)', async () => {
  const medium = await as(alice, uploadMedia, {
    file: await file('photo.jpg'),
    description: ' a wall ',
    focus: '0.5,-1',
  })
  expect(medium).toMatchObject({
    kind: 'image',
    state: 'ready',
    mimeType: 'image/jpeg',
    uploadKey: null,
    postId: null,
  })
  expect(medium).toMatchObject({ description: 'a wall', focusX: 0.5, focusY: -1, ownerId: alice.account.id })
  expect(medium.meta).toEqual({ original: { width: 900, height: 600 }, small: { width: 587, height: 391 } })
  expect(medium.blurhash).toHaveLength(28)
  expect(medium.fileKey).toMatch(new RegExp(`^files/../../${medium.id}-[0-9a-f]{32}\\.jpg$`))
  expect(await bytesOf(medium.fileKey)).not.toContain('alice')
  expect(await isKept(medium.previewKey)).toBe(true)
  await settle()
  const store = await openStore()
  const waiting = await Array.fromAsync(store.list('uploads', new Date(Date.now() + 60_000)))
  expect(waiting.filter((key) => key.includes(medium.id))).toEqual([])
})

test('MEDIA-01 a video waits for a worker, then is ready', async () => {
  const { id, state, fileKey } = await as(alice, uploadMedia, { file: await file('video.mp4') })
  expect({ state, fileKey }).toEqual({ state: 'waiting', fileKey: null })
  await settle()
  const medium = await Medium.findByPk(id, { rejectOnEmpty: true })
  expect(medium).toMatchObject({ kind: 'video', state: 'ready', mimeType: 'video/mp4' })
  expect(medium.meta.original).toMatchObject({ width: 160, height: 120, frameRate: '10/1' })
  expect(await isKept(medium.previewKey)).toBe(true)
})

test('MEDIA-09 a video without sound, and a moving GIF, become gifv', async () => {
  expect((await as(alice, uploadMedia, { file: await file('silent.mp4'), waits: true })).kind).toBe('gifv')
  const gif = await as(alice, uploadMedia, { file: await file('moving.gif') })
  expect(gif).toMatchObject({ kind: 'gifv', state: 'ready', mimeType: 'video/mp4' })
})

test('MEDIA-03 who waits gets a video that is ready', async () => {
  expect((await as(alice, uploadMedia, { file: await file('video.mp4'), waits: true })).state).toBe('ready')
})

test('MEDIA-05 a preview of the owner’s choice stays when the sound is processed', async () => {
  const [song, cover] = [await file('song.mp3'), await file('cover.png')]
  const { id, previewKey, blurhash } = await as(alice, uploadMedia, { file: song, thumbnail: cover })
  expect(previewKey).not.toBeNull()
  await settle()
  const medium = await Medium.findByPk(id, { rejectOnEmpty: true })
  expect(medium).toMatchObject({ kind: 'audio', state: 'ready', previewKey, blurhash })
  expect(medium.meta.small).toEqual({ width: 320, height: 240 })
  expect(medium.meta.original?.duration).toBeCloseTo(1, 0)
  expect(await isKept(previewKey)).toBe(true)
})

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
  ['HTML', '<!doctype html><script>1</script>'],
  ['an actor', '{"type":"Person","id":"https://x/y"}'],
  ['nothing', ''],
])('%s is refused and leaves nothing behind (MEDIA-08, CVE-2024-27731)', async (_, content) => {
  await expect(as(alice, uploadMedia, { file: await fileOf(content) })).rejects.toBeInstanceOf(Invalid)
  expect(await Medium.count()).toBe(0)
})

test('MEDIA-08 a picture that cannot be read is refused and leaves nothing behind', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(64, 7)])
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('kith-job-')).length
  await expect(as(alice, uploadMedia, { file: await fileOf(png) })).rejects.toThrow(
    'The picture cannot be read.',
  )
  expect(await Medium.count()).toBe(0)
  await settle()
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('kith-job-')).length).toBe(before)
})

test('MEDIA-02 a video that cannot be read ends failed, with a reason', async () => {
  const fake = Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from('ftypisom'), Buffer.alloc(200)])
  const { id } = await as(alice, uploadMedia, { file: await fileOf(fake) })
  await settle()
  const medium = await Medium.findByPk(id, { rejectOnEmpty: true })
  expect(medium).toMatchObject({
    state: 'failed',
    failure: 'The file cannot be read as video or sound.',
    uploadKey: null,
  })
})

test('MEDIA-04 MEDIA-05 a description longer than the limit, or a focus that is none, is refused', async () => {
  const photo = await file('photo.jpg')
  await expect(as(alice, uploadMedia, { file: photo, description: 'x'.repeat(10_001) })).rejects.toThrow(
    'too long',
  )
  for (const focus of ['1', '2,0', '0,0,0', 'a,b', ',']) {
    await expect(as(alice, uploadMedia, { file: photo, focus })).rejects.toThrow('Focus')
  }
  expect(await Medium.count()).toBe(0)
})

test('MEDIA-08 a file larger than its kind may be is refused unread', async () => {
  const { path } = await file('photo.jpg')
  await expect(as(alice, uploadMedia, { file: { path, bytes: 16_777_217 } })).rejects.toThrow(
    'less than 16 MB',
  )
})
