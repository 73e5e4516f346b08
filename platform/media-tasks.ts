import { join } from 'node:path'
import { readClip } from './clip-facts.ts'
import { Invalid } from './errors.ts'
import {
  blurPicture,
  LARGE,
  readPicture,
  renderFramed,
  renderPicture,
  renderPreview,
  type Frame,
} from './images.ts'
import type { MediaPrograms } from './media-programs.ts'
import type { MediaType } from './media-type.ts'
import { assertModest, extractCover, renderPoster, renderSound, renderVideo, type Clip } from './video.ts'

/** What is to be made of the file `input`. Everything is read from and written to the folder of the job. */
export type MediaTask =
  | { do: 'attachment'; input: string; type: MediaType; programs?: MediaPrograms | undefined }
  | { do: 'preview'; input: string }
  | { do: 'framed'; input: string; frame: Frame }

type Size = { width: number; height: number; frameRate?: string; duration?: number; bitrate?: number }

/** What was made: file names in the folder of the job, and what is told about them. */
export type MediaOutcome = {
  kind: 'image' | 'gifv' | 'video' | 'audio'
  original?: string
  small?: string
  still?: string
  meta: { original?: Partial<Size>; small?: Size }
  blurhash?: string
}

/** Does a task in a folder. Runs in the confined worker only; throws Invalid when the fault is the file's. */
export function doMediaTask(task: MediaTask, folder: string): Promise<MediaOutcome> {
  if (task.do === 'preview') return makePreview(task.input, folder)
  if (task.do === 'framed') return makeFramed(task.input, task.frame, folder)
  return task.type.kind === 'image' ? makeImage(task, folder) : makeClip(task, folder)
}

type Attachment = Extract<MediaTask, { do: 'attachment' }>

async function makeImage(task: Attachment, folder: string): Promise<MediaOutcome> {
  const facts = await readPicture(task.input)
  if (facts.format === 'gif' && facts.frames > 1) return makeClip(task, folder)
  const original = await renderPicture(task.input, facts, { folder, name: 'original', pixels: LARGE })
  const { small, meta, blurhash } = await makePreview(task.input, folder)
  const { width, height } = original
  return {
    kind: 'image',
    original: original.file,
    small,
    meta: { ...meta, original: { width, height } },
    blurhash,
  }
}

async function makePreview(path: string, folder: string) {
  const { file, width, height } = await renderPreview(path, await readPicture(path), {
    folder,
    name: 'small',
  })
  const blurhash = await blurPicture(join(folder, file))
  return { kind: 'image' as const, small: file, meta: { small: { width, height } }, blurhash }
}

async function makeFramed(path: string, frame: Frame, folder: string): Promise<MediaOutcome> {
  const facts = await readPicture(path)
  const original = await renderFramed(path, facts, { folder, name: 'original', frame, moving: true })
  const { width, height } = original
  const made = { kind: 'image' as const, original: original.file, meta: { original: { width, height } } }
  if (facts.frames === 1) return made
  const still = await renderFramed(path, facts, { folder, name: 'still', frame, moving: false })
  return { ...made, still: still.file }
}

async function makeClip({ input, type, programs }: Attachment, folder: string): Promise<MediaOutcome> {
  const demuxer = type.demuxer
  if (!programs || !demuxer) throw new Invalid('This server does not take video or sound.')
  const clip = { path: input, demuxer, facts: await readClip(programs.ffprobe, input, demuxer) }
  return clip.facts.picture ? makeVideo(clip, programs, folder) : makeSound(clip, programs, folder)
}

async function makeVideo(
  clip: Clip,
  { ffmpeg, ffprobe }: MediaPrograms,
  folder: string,
): Promise<MediaOutcome> {
  assertModest(clip.facts)
  const { file, demuxer } = await renderVideo(ffmpeg, clip, folder, 'original')
  const made = {
    path: join(folder, file),
    demuxer,
    facts: await readClip(ffprobe, join(folder, file), demuxer),
  }
  const poster = await renderPoster(ffmpeg, made, folder, 'poster')
  const { small, meta, blurhash } = await makePreview(join(folder, poster.file), folder)
  const { duration, bitrate, picture: { width = 0, height = 0, frameRate = '25/1' } = {} } = made.facts
  const original = { width, height, frameRate, duration, bitrate }
  return {
    kind: made.facts.sound ? 'video' : 'gifv',
    original: file,
    small,
    meta: { ...meta, original },
    blurhash,
  }
}

async function makeSound(
  clip: Clip,
  { ffmpeg, ffprobe }: MediaPrograms,
  folder: string,
): Promise<MediaOutcome> {
  const { file, demuxer } = await renderSound(ffmpeg, clip, folder, 'original')
  const { duration, bitrate } = await readClip(ffprobe, join(folder, file), demuxer)
  const cover = clip.facts.hasCover ? await makeCover(clip, ffmpeg, folder) : undefined
  return {
    kind: 'audio',
    original: file,
    ...cover,
    meta: { ...cover?.meta, original: { duration, bitrate } },
  }
}

async function makeCover(clip: Clip, ffmpeg: string, folder: string) {
  try {
    const { file } = await extractCover(ffmpeg, clip, folder, 'cover')
    const { small, meta, blurhash } = await makePreview(join(folder, file), folder)
    return { small, meta, blurhash }
  } catch (error) {
    // A song is a song without its cover.
    if (error instanceof Invalid) return undefined
    throw error
  }
}
