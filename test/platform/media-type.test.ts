import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { acceptedMimeTypes, sniffMediaType } from '#platform/media-type'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-types-'))
})
afterEach(() => rm(folder, { recursive: true }))

const sniffed = async (bytes: string | Buffer, name = 'picture.png') => {
  await writeFile(join(folder, name), bytes)
  return sniffMediaType(join(folder, name))
}
const box = (brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from(`ftyp${brand}`), Buffer.alloc(8)])
const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(417)])

test.each([
  ['HTML', '<!doctype html><script>alert(1)</script>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
  ['XML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'],
  ['PDF', '%PDF-1.7\n1 0 obj\n'],
  ['JavaScript', 'fetch("/api/v1/accounts/verify_credentials")'],
  ['an ActivityPub document', '{"@context":"https://www.w3.org/ns/activitystreams","type":"Person"}'],
  ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
  ['a concat script', 'ffconcat version 1.0\nfile /etc/passwd\n'],
  ['WebAssembly', Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
  ['HEIC', box('heic')],
  ['nothing', ''],
])('%s is refused whatever it is called (federation rule 109, CVE-2024-27731)', async (_, bytes) => {
  expect(await sniffed(bytes)).toBeUndefined()
  expect(await sniffed(bytes, 'clip.mp4')).toBeUndefined()
})

test('an archive is told by its first bytes and never opened (CVE-2026-32630)', async () => {
  expect(await sniffed(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]))).toBeUndefined()
  expect(await sniffed(gzipSync(Buffer.alloc(1_000_000)))).toBeUndefined()
})

test('the name of a file says nothing', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  expect(await sniffed(png, 'evil.html')).toMatchObject({
    kind: 'image',
    mimeType: 'image/png',
    extension: 'png',
  })
})

test('sound behind a large cover picture is still sound', async () => {
  const tag = Buffer.concat([
    Buffer.from('ID3\u0004\u0000\u0000'),
    Buffer.from([0, 4, 0, 0]),
    Buffer.alloc(4 * 128 * 128),
  ])
  expect(await sniffed(Buffer.concat([tag, mp3]), 'a.bin')).toMatchObject({ kind: 'audio', demuxer: 'mp3' })
})

test('each accepted container has exactly one demuxer', async () => {
  expect(await sniffed(box('isom'))).toMatchObject({ kind: 'video', demuxer: 'mov' })
  expect(await sniffed(box('qt  '))).toMatchObject({ kind: 'video', mimeType: 'video/quicktime' })
  expect(await sniffed(box('M4A '))).toMatchObject({ kind: 'audio', extension: 'm4a' })
})

test('what upload forms are offered names no active type', () => {
  expect(acceptedMimeTypes.join()).not.toMatch(/svg|html|xml|pdf|json/)
})
