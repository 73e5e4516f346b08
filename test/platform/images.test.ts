import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBlurhashValid } from 'blurhash'
import sharp, { type Sharp } from 'sharp'
import {
  blurPicture,
  LARGE,
  readPicture,
  renderPicture,
  renderFramed,
  renderPreview,
  SMALL,
} from '#platform/images'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-images-'))
})
afterEach(() => rm(folder, { recursive: true }))

const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 80, b: 40, alpha: 0.5 } } })
const saved = async (picture: Sharp, name: string) => {
  await picture.toFile(join(folder, name))
  return join(folder, name)
}
const moving = async (name: string, frames: number, size = 40) => {
  const strip = await plain(size, size * frames, 4)
    .raw()
    .toBuffer()
  for (let frame = 0; frame < frames; frame += 1) {
    strip.fill(frame * 20, frame * size * size * 4, (frame + 1) * size * size * 4 - 1)
  }
  const raw = { width: size, height: size * frames, channels: 4 as const, pageHeight: size }
  return saved(sharp(strip, { raw }), name)
}
const rendered = async (path: string) =>
  renderPicture(path, await readPicture(path), { folder, name: 'o', pixels: LARGE })

test('a picture is read as it is seen, after rotation', async () => {
  const path = await saved(plain(60, 40).jpeg().withMetadata({ orientation: 6 }), 'turned.jpg')
  expect(await readPicture(path)).toEqual({
    format: 'jpeg',
    width: 40,
    height: 60,
    frames: 1,
    hasAlpha: false,
  })
  expect(await rendered(path)).toMatchObject({ width: 40, height: 60, mimeType: 'image/jpeg' })
})

test('place, device and every other hidden datum are gone from what is written (federation rule 155)', async () => {
  const exif = {
    IFD0: { Make: 'SpyCam', Artist: 'alice' },
    IFD3: { GPSLatitude: '52/1 30/1 0/1', GPSLatitudeRef: 'N' },
  }
  const path = await saved(
    plain(80, 50).jpeg().withExif(exif).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
    'in.jpg',
  )
  expect(await readFile(path, 'latin1')).toContain('SpyCam')
  const { file } = await rendered(path)
  const written = join(folder, file)
  expect(await readFile(written, 'latin1')).not.toMatch(/SpyCam|alice|Exif|xmpmeta/)
  const left = Object.keys(await sharp(written).metadata())
  expect(left.filter((key) => ['exif', 'xmp', 'icc', 'iptc', 'orientation'].includes(key))).toEqual([])
})

test.each([
  ['jpeg', 'image/jpeg', 'image/jpeg'],
  ['png', 'image/png', 'image/jpeg'],
  ['webp', 'image/webp', 'image/jpeg'],
  ['avif', 'image/webp', 'image/jpeg'],
  ['gif', 'image/png', 'image/jpeg'],
] as const)('a still %s becomes %s to look at, %s to leaf through', async (format, original, small) => {
  const path = await saved(plain(64, 48).toFormat(format), `in.${format}`)
  const facts = await readPicture(path)
  expect(facts.format).toBe(format)
  expect((await rendered(path)).mimeType).toBe(original)
  expect((await renderPreview(path, { ...facts, hasAlpha: false }, { folder, name: 's' })).mimeType).toBe(
    small,
  )
})

test('what shines through keeps doing so in the preview', async () => {
  const path = await saved(plain(64, 48, 4).png(), 'in.png')
  const preview = await renderPreview(path, await readPicture(path), { folder, name: 's' })
  expect((await sharp(join(folder, preview.file)).metadata()).hasAlpha).toBe(true)
})

test('large pictures shrink to the area allowed, in their shape; small ones stay as they are', async () => {
  const path = await saved(plain(6000, 3000).jpeg(), 'in.jpg')
  const facts = await readPicture(path)
  const original = await rendered(path)
  expect(original.width * original.height).toBeLessThanOrEqual(LARGE)
  expect(original.width / original.height).toBeCloseTo(2, 2)
  const preview = await renderPreview(path, facts, { folder, name: 's' })
  expect(preview.width * preview.height).toBeLessThanOrEqual(SMALL)
  expect(await rendered(await saved(plain(30, 20).png(), 'tiny.png'))).toMatchObject({
    width: 30,
    height: 20,
  })
})

test('a picture one pixel high and very wide is still a picture', async () => {
  const path = await saved(plain(30_000, 1).png(), 'line.png')
  expect(await rendered(path)).toMatchObject({ width: 16_383, height: 1 })
})

test('a header that promises too many pixels is refused before anything is decoded (R-084)', async () => {
  const bomb = await saved(plain(1, 1).png(), 'bomb.png')
  const bytes = await readFile(bomb)
  bytes.writeUInt32BE(60_000, 16)
  bytes.writeUInt32BE(60_000, 20)
  await writeFile(bomb, bytes)
  await expect(readPicture(bomb)).rejects.toThrow(/megapixels|cannot be read/)
  const honest = await saved(plain(8000, 5000).png(), 'large.png')
  await expect(readPicture(honest)).rejects.toThrow('The picture has more than 33 megapixels.')
})

test('a truncated or made-up picture is Invalid and says nothing of the inside', async () => {
  const path = await saved(plain(400, 300).jpeg(), 'in.jpg')
  const bytes = await readFile(path)
  await writeFile(path, bytes.subarray(0, bytes.length / 2))
  await expect(rendered(path)).rejects.toThrow('The picture cannot be read.')
  await writeFile(path, 'hello')
  await expect(readPicture(path)).rejects.toThrow('The picture cannot be read.')
})

test('SVG is no picture here, whatever its name (CVE-2023-40032, CVE-2024-27731)', async () => {
  const path = join(folder, 'in.png')
  await writeFile(
    path,
    '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><script>1</script></svg>',
  )
  await expect(readPicture(path)).rejects.toThrow('The picture cannot be read.')
})

test('TIFF and other loaders outside the list are off', async () => {
  const path = await saved(plain(5, 5).tiff(), 'in.jpg')
  await expect(readPicture(path)).rejects.toThrow('The picture cannot be read.')
})

test('a moving WebP goes on moving', async () => {
  const path = await moving('in.webp', 5)
  expect((await readPicture(path)).frames).toBe(5)
  const { file, height } = await rendered(path)
  expect(height).toBe(40)
  expect((await sharp(join(folder, file), { animated: true }).metadata()).pages).toBe(5)
})

test('ACCT-07 an avatar is cropped to its box, with a moving and a still form', async () => {
  const path = await moving('in.gif', 4)
  const facts = await readPicture(path)
  const frame = { width: 400, height: 400, isFilled: true }
  const lively = await renderFramed(path, facts, { folder, name: 'm', frame, moving: true })
  const still = await renderFramed(path, facts, { folder, name: 's', frame, moving: false })
  expect(lively).toMatchObject({ mimeType: 'image/gif', width: 400, height: 400 })
  expect(still).toMatchObject({ mimeType: 'image/png', width: 400, height: 400 })
  expect((await sharp(join(folder, lively.file), { animated: true }).metadata()).pages).toBe(4)
  expect((await sharp(join(folder, still.file), { animated: true }).metadata()).pages).toBeUndefined()
})

test('a header is 1500 by 500', async () => {
  const path = await saved(plain(900, 900).jpeg(), 'in.jpg')
  const to = { folder, name: 'h', frame: { width: 1500, height: 500, isFilled: true }, moving: true }
  expect(await renderFramed(path, await readPicture(path), to)).toMatchObject({ width: 1500, height: 500 })
})

test('a blurhash is valid and has the colour of the picture', async () => {
  const hash = await blurPicture(await saved(plain(300, 200).png(), 'in.png'))
  expect(isBlurhashValid(hash).result).toBe(true)
  expect(hash.length).toBe(4 + 2 + 2 * 11)
})
