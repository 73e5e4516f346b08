import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Invalid } from './errors.ts'

/** What a video or sound file says of itself. Width and height are as seen: after rotation, in square pixels. */
export type ClipFacts = {
  /** Seconds; 0 when the file does not say. */
  duration: number
  /** Bits a second over all streams; 0 when the file does not say. */
  bitrate: number
  picture?: {
    codec: string
    profile: string
    pixels: string
    width: number
    height: number
    frameRate: string
  }
  sound?: { codec: string; channels: number }
  /** Does it carry a still picture, as albums do? */
  hasCover: boolean
}

const decoders =
  'h264,hevc,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,gif,aac,opus,libopus,vorbis,libvorbis,mp3,mp3float,flac'
const plainSound = 'pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_s16be'
const covers = ['mjpeg', 'png']

/**
 * What stands before an input so that ffmpeg opens that one file and nothing else: no protocol but `file`, the one
 * demuxer that its bytes called for, and decoders of a closed list (CVE-2016-1897, CVE-2025-9951).
 */
export function guardedInput(demuxer: string, withCover = false): string[] {
  const whitelist = [decoders, plainSound, ...(withCover ? covers : [])].join()
  return `-protocol_whitelist file -f ${demuxer} -codec_whitelist ${whitelist} -probesize 10M -analyzeduration 10M`.split(
    ' ',
  )
}

type Stream = {
  codec_type?: string
  codec_name?: string
  profile?: string
  pix_fmt?: string
  width?: number
  height?: number
  sample_aspect_ratio?: string
  avg_frame_rate?: string
  r_frame_rate?: string
  channels?: number
  disposition?: { attached_pic?: number }
  side_data_list?: { rotation?: number }[]
}
type Probe = { streams?: Stream[]; format?: { duration?: string; bit_rate?: string } }

/**
 * Reads what is in a video or sound file without decoding more than its start. Throws Invalid when it cannot be read,
 * or holds anything of a kind that Kith does not take.
 *
 * Runs ffprobe itself: fluent-ffmpeg reads its line format, in which a tag of the file can pass for any other line.
 */
export async function readClip(ffprobe: string, path: string, demuxer: string): Promise<ClipFacts> {
  const found =
    (await probe(ffprobe, path, guardedInput(demuxer))) ??
    (await probe(ffprobe, path, guardedInput(demuxer, true)))
  const streams = found?.streams ?? []
  const isCover = (stream: Stream) => stream.disposition?.attached_pic === 1
  if (!found || streams.some((stream) => covers.includes(stream.codec_name ?? '') && !isCover(stream)))
    throw unreadable()
  const picture = streams.find((stream) => stream.codec_type === 'video' && !isCover(stream))
  const sound = streams.find((stream) => stream.codec_type === 'audio' && stream.channels)
  if (!picture && !sound) throw unreadable()
  return {
    duration: number(found.format?.duration),
    bitrate: Math.round(number(found.format?.bit_rate)),
    ...(picture && { picture: pictureOf(picture) }),
    ...(sound && { sound: { codec: sound.codec_name ?? '', channels: sound.channels ?? 0 } }),
    hasCover: streams.some(isCover),
  }
}

const unreadable = () => new Invalid('The file cannot be read as video or sound.')

async function probe(ffprobe: string, path: string, guard: string[]): Promise<Probe | undefined> {
  const options = ['-v', 'error', ...guard, '-show_streams', '-show_format', '-of', 'json', path]
  try {
    const { stdout } = await promisify(execFile)(ffprobe, options, { timeout: 30_000, maxBuffer: 4_194_304 })
    return JSON.parse(stdout) as Probe
  } catch (error) {
    // An exit code is a verdict on the file; anything else (no such program, no memory) is ours.
    if (Error.isError(error) && 'code' in error && typeof error.code === 'number') return undefined
    throw error
  }
}

function pictureOf(stream: Stream) {
  const [across = 1, down = 1] = (stream.sample_aspect_ratio ?? '').split(':').map(Number)
  const stretch = across > 0 && down > 0 ? across / down : 1
  const size = { width: Math.round((stream.width ?? 0) * stretch), height: stream.height ?? 0 }
  if (size.width === 0 || size.height === 0) throw unreadable()
  const isTurned = (stream.side_data_list ?? []).some(({ rotation = 0 }) => Math.abs(rotation) % 180 === 90)
  return {
    codec: stream.codec_name ?? '',
    profile: stream.profile ?? '',
    pixels: stream.pix_fmt ?? '',
    width: isTurned ? size.height : size.width,
    height: isTurned ? size.width : size.height,
    frameRate:
      [stream.avg_frame_rate, stream.r_frame_rate].find((rate) => perSecond(rate ?? '') > 0) ?? '25/1',
  }
}

const number = (text: string | undefined): number => {
  const value = Number(text)
  return Number.isFinite(value) && value > 0 ? value : 0
}

/** Frames a second from a fraction such as `30000/1001`, 0 when it is none. */
export function perSecond(rate: string): number {
  const [frames = 0, seconds = 1] = rate.split('/').map(Number)
  return frames > 0 && seconds > 0 ? frames / seconds : 0
}
