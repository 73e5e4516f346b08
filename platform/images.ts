import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from 'blurhash'
import sharp, { type Sharp } from 'sharp'
import { limits } from '#config/limits'
import { Invalid } from './errors.ts'

/** What a picture file says of itself; width and height as it is seen, after rotation. */
export type PictureFacts = {
  format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'
  width: number
  height: number
  frames: number
  hasAlpha: boolean
}

/** A picture that was written: its file name in the folder given, and what is in it. */
export type Picture = { file: string; mimeType: string; bytes: number; width: number; height: number }

/** The libraries that decode pictures, with their versions (CVE-2023-4863). */
export const libraries = sharp.versions

/** The most pixels of a rendition, as Mastodon has them: 3840×2160 to look at, 640×360 to leaf through. */
export const LARGE = 8_294_400
export const SMALL = 230_400

/** The most pixels that are decoded, be they one frame or all frames of a moving picture as one long strip. */
const MOST = limits.media.pixels

/** JPEG and WebP cannot be wider or higher. */
const LONGEST = 16_383

// Every loader but these is off, SVG, PDF and the rest included; pictures come one at a time, so nothing is kept.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
  ],
})
sharp.cache(false)
sharp.concurrency(1)

/**
 * Reads the header of a picture. Throws Invalid when one frame of it has more pixels than the limit, or it is no
 * picture of a format that Kith takes.
 */
export async function readPicture(path: string): Promise<PictureFacts> {
  const found = await readable(() => sharp(path, { limitInputPixels: false }).metadata())
  const format = found.format === 'heif' ? 'avif' : found.format
  if (!isKnown(format) || (format === 'avif' && found.compression !== 'av1')) throw unreadable()
  const { width, height } = found.autoOrient
  if (width * height > MOST)
    throw new Invalid(`The picture has more than ${Math.floor(MOST / 1e6)} megapixels.`)
  return { format, width, height, frames: found.pages ?? 1, hasAlpha: found.hasAlpha }
}

const formats = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const
const isKnown = (format: string | undefined): format is PictureFacts['format'] =>
  formats.some((each) => each === format)

/**
 * Writes a picture anew, of at most so many pixels, into a folder: turned upright, in sRGB, without EXIF, place, device
 * or any other hidden data (federation rule 155). Keeps the format where everybody can read it; WebP keeps moving.
 * Throws Invalid when the picture cannot be decoded.
 */
export function renderPicture(
  path: string,
  facts: PictureFacts,
  to: { folder: string; name: string; pixels: number },
) {
  const moves = canMove(facts) && facts.format === 'webp'
  const { width, height } = fitInto(facts, to.pixels)
  const picture = opened(path, moves).resize(width, height, { fit: 'fill' })
  return write(
    picture,
    to,
    { jpeg: 'jpeg', png: 'png', gif: 'png', webp: 'webp', avif: 'webp' }[facts.format] as Format,
  )
}

/** Writes the small picture that stands for a large one: JPEG, or WebP where something shines through. */
export function renderPreview(path: string, facts: PictureFacts, to: { folder: string; name: string }) {
  const { width, height } = fitInto(facts, SMALL)
  return write(
    opened(path, false).resize(width, height, { fit: 'fill' }),
    to,
    facts.hasAlpha ? 'webp' : 'jpeg',
  )
}

/** The size of an avatar, a header or an emoji, and whether the picture fills it or only fits in. */
export type Frame = { width: number; height: number; isFilled: boolean }

/**
 * Writes a picture into a frame. `moving` true keeps a GIF or WebP moving, false takes its first frame (ACCT-07).
 * A frame that is not filled makes no picture larger. Throws Invalid when it cannot be decoded.
 */
export function renderFramed(
  path: string,
  facts: PictureFacts,
  to: { folder: string; name: string; frame: Frame; moving: boolean },
) {
  const moves = to.moving && canMove(facts)
  const { width, height, isFilled } = to.frame
  const picture = opened(path, moves).resize(width, height, {
    fit: isFilled ? 'cover' : 'inside',
    withoutEnlargement: !isFilled,
  })
  if (moves) return write(picture, to, facts.format === 'gif' ? 'gif' : 'webp')
  return write(picture, to, facts.format === 'jpeg' ? 'jpeg' : facts.format === 'webp' ? 'webp' : 'png')
}

/** Gives the BlurHash of a picture: a few dozen characters that stand in for it until it has come. */
export async function blurPicture(path: string): Promise<string> {
  const { data, info } = await readable(() =>
    opened(path, false)
      .resize(32, 32, { fit: 'inside' })
      .flatten({ background: '#fff' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  )
  const [across, down] = info.width >= info.height ? [4, 3] : [3, 4]
  return encode(new Uint8ClampedArray(data), info.width, info.height, across, down)
}

/** Does it have several frames, few enough to hold them all at once? */
const canMove = ({ frames, width, height }: PictureFacts): boolean =>
  frames > 1 && frames * width * height <= MOST

const opened = (path: string, moving: boolean): Sharp =>
  sharp(path, {
    animated: moving,
    limitInputPixels: MOST,
    failOn: 'error',
    sequentialRead: true,
  }).autoOrient()

/** The largest size of the same shape that has at most so many pixels; never larger than it was. */
function fitInto({ width, height }: { width: number; height: number }, pixels: number) {
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)), LONGEST / width, LONGEST / height)
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) }
}

type Format = 'jpeg' | 'png' | 'webp' | 'gif'

const encoders: Record<Format, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.flatten({ background: '#fff' }).jpeg({ quality: 85, progressive: true }),
  png: (picture) => picture.png({ compressionLevel: 7 }),
  webp: (picture) => picture.webp({ quality: 85, effort: 3 }),
  gif: (picture) => picture.gif({ effort: 4 }),
}
const extensions = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif' }

async function write(picture: Sharp, to: { folder: string; name: string }, format: Format): Promise<Picture> {
  const file = `${to.name}.${extensions[format]}`
  const path = join(to.folder, file)
  const made = await readable(() => encoders[format](picture.toColourspace('srgb')).toFile(path))
  const { size } = await stat(path)
  return {
    file,
    mimeType: `image/${format}`,
    bytes: size,
    width: made.width,
    height: made.pageHeight ?? made.height,
  }
}

const unreadable = () => new Invalid('The picture cannot be read.')

/** What is wrong with the machine and not with the picture. */
const ours = /no space left|input\/output error|out of memory|too many open files|read-only file system/i

// What libvips says names files and library internals; whoever sent the picture gets one sentence.
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw Error.isError(error) && ours.test(error.message) ? error : unreadable()
  }
}
