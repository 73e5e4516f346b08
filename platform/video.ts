import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import ffmpeg from 'fluent-ffmpeg'
import { limits } from '#config/limits'
import { guardedInput, perSecond, type ClipFacts } from './clip-facts.ts'
import { Invalid } from './errors.ts'

/** A video or sound file to work on: where it is, how to open it, and what is in it. */
export type Clip = { path: string; demuxer: string; facts: ClipFacts }
/** A file that was written: its name in the folder given. */
export type Rendition = { file: string; mimeType: string; bytes: number; demuxer: string }

const { videoPixels: pixels, videoRate: rate } = limits.media
const MOST = { pixels, rate, frames: 36_000, seconds: 600, bytes: 1_073_741_824 }
/** What a video is brought down to when it is encoded anew: 1920×1080, 60 frames a second. */
const LARGE = { pixels: 2_073_600, rate: 60 }

/** Throws Invalid when a video has more pixels, frames or frames a second than Kith takes. */
export function assertModest({ picture, duration }: ClipFacts): void {
  if (!picture) return
  const rate = perSecond(picture.frameRate)
  if (picture.width * picture.height > MOST.pixels) throw new Invalid('The video has too many pixels.')
  if (rate > MOST.rate) throw new Invalid('The video has too many frames a second.')
  if (rate * duration > MOST.frames) throw new Invalid('The video is too long.')
}

/**
 * Writes a video as the MP4 that every browser plays (H.264, AAC, 4:2:0, index first) and no hidden data. What is
 * so already is copied, everything else, GIF included, encoded. Throws Invalid when it cannot be decoded.
 */
export function renderVideo(program: string, clip: Clip, folder: string, name: string): Promise<Rendition> {
  const codecs = playsEverywhere(clip.facts) ? '-c copy' : encoding(clip.facts)
  const output = words(`-map 0:v:0 -map 0:a:0? ${codecs} -movflags +faststart -f mp4`)
  return write(program, clip, output, { folder, file: `${name}.mp4`, mimeType: 'video/mp4', demuxer: 'mov' })
}

/** Writes one frame near the start as PNG, upright, in square pixels. Throws Invalid when there is none to be had. */
export async function renderPoster(
  program: string,
  clip: Clip,
  folder: string,
  name: string,
): Promise<Rendition> {
  const { width, height } = shrink(clip.facts, LARGE.pixels)
  const output = words(`-map 0:v:0 -vf scale=${width}:${height},setsar=1 -frames:v 1 -f image2`)
  const to = { folder, file: `${name}.png`, mimeType: 'image/png', demuxer: 'image2' }
  const at = Math.min(1, clip.facts.duration / 3)
  try {
    return await write(program, clip, output, to, ['-ss', at.toFixed(3)])
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return write(program, clip, output, to)
  }
}

/**
 * Writes sound as MP3, M4A or Ogg without hidden data: a copy when it is one of them in any container, else encoded
 * as M4A. Throws Invalid when it cannot be decoded.
 */
export function renderSound(program: string, clip: Clip, folder: string, name: string): Promise<Rendition> {
  const way = ways[clip.facts.sound?.codec ?? ''] ?? encoded
  const output = words(`-map 0:a:0 -vn ${way.options}`)
  return write(program, clip, output, { folder, file: `${name}.${way.extension}`, ...way })
}

/** Takes the picture out of a sound file as it is, not decoded: reading it is for `images`. */
export function extractCover(program: string, clip: Clip, folder: string, name: string): Promise<Rendition> {
  const output = words('-map 0:v:0 -c copy -frames:v 1 -f image2')
  return write(program, clip, output, {
    folder,
    file: `${name}.picture`,
    mimeType: 'image/jpeg',
    demuxer: 'image2',
  })
}

type Way = { options: string; extension: string; mimeType: string; demuxer: string }
const m4a = { extension: 'm4a', mimeType: 'audio/mp4', demuxer: 'mov' }
const mp3 = { extension: 'mp3', mimeType: 'audio/mpeg', demuxer: 'mp3' }
const ogg = { extension: 'ogg', mimeType: 'audio/ogg', demuxer: 'ogg' }
const encoded: Way = { ...m4a, options: '-c:a aac -b:a 192k -ac 2 -f ipod -movflags +faststart' }
const ways: Record<string, Way> = {
  mp3: { ...mp3, options: '-c copy -f mp3 -id3v2_version 0' },
  aac: { ...m4a, options: '-c copy -f ipod -movflags +faststart' },
  opus: { ...ogg, options: '-c copy -f ogg' },
  vorbis: { ...ogg, options: '-c copy -f ogg' },
}

const plainProfiles = new Set(['Constrained Baseline', 'Baseline', 'Main', 'High'])

function playsEverywhere({ picture, sound }: ClipFacts): boolean {
  return (
    picture?.codec === 'h264' &&
    plainProfiles.has(picture.profile) &&
    ['yuv420p', 'yuvj420p'].includes(picture.pixels) &&
    perSecond(picture.frameRate) <= LARGE.rate &&
    (!sound || sound.codec === 'aac' || sound.codec === 'mp3')
  )
}

function encoding(facts: ClipFacts): string {
  const { width, height } = shrink(facts, LARGE.pixels)
  const slower = perSecond(facts.picture?.frameRate ?? '') > LARGE.rate ? `-r ${LARGE.rate} ` : ''
  return `-vf scale=${width}:${height},setsar=1 ${slower}-c:v libx264 -preset veryfast -crf 23 -maxrate 5M \
-bufsize 10M -profile:v high -pix_fmt yuv420p -threads 2 -c:a aac -b:a 128k -ac 2`
}

/** H.264 with 4:2:0 colour needs even sides. */
function shrink({ picture }: ClipFacts, pixels: number) {
  const { width, height } = picture ?? { width: 2, height: 2 }
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)))
  const even = (side: number) => Math.max(2, Math.floor((side * scale) / 2) * 2)
  return { width: even(width), height: even(height) }
}

/** The arguments of a line that holds no value from outside. */
const words = (line: string): string[] => line.split(' ')

const clean = words('-sn -dn -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact')
const bounds = words(`-t 7200 -fs ${MOST.bytes} -max_muxing_queue_size 1024 -filter_threads 1`)

/**
 * One run of ffmpeg, over in ten minutes. Arguments are an array made here, paths are made by the server, and no
 * value of a user is among them (FLUENT-FFMPEG-ARGS).
 */
async function write(
  program: string,
  clip: Clip,
  output: string[],
  to: { folder: string; file: string; mimeType: string; demuxer: string },
  seek: string[] = [],
): Promise<Rendition> {
  const path = join(to.folder, to.file)
  const input = [
    ...guardedInput(clip.demuxer, clip.facts.hasCover),
    '-max_pixels',
    `${MOST.pixels * 4}`,
    '-threads',
    '2',
    ...seek,
  ]
  await new Promise<void>((done, fail) => {
    ffmpeg(clip.path, { timeout: MOST.seconds, stdoutLines: 20 })
      .setFfmpegPath(program)
      .inputOptions(input)
      .outputOptions([...output, ...clean, ...bounds])
      .on('end', () => done())
      .on('error', (error: Error, _: string | null, said: string | null) => fail(verdictOn(error, said)))
      .save(path)
  })
  const written = await stat(path).catch(() => undefined)
  if (!written?.size) throw unplayable()
  return { file: to.file, mimeType: to.mimeType, bytes: written.size, demuxer: to.demuxer }
}

const unplayable = () => new Invalid('The video or sound cannot be decoded.')

// Its exit code, or the limit it ran into, is a verdict on the file, unless it says that the machine is at fault.
// Whoever sent the file gets one sentence: what ffmpeg says names paths.
const verdictOn = (error: Error, said: string | null): Error =>
  /exited with code|killed with signal|timeout/.test(error.message) &&
  !/No space left|Input\/output error/.test(said ?? '')
    ? unplayable()
    : error
