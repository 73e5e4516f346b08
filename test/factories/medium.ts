import { execFile } from 'node:child_process'
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { instance } from '#config/instance'
import { Medium } from '#core/media/medium.model'
import { findMediaPrograms } from '#platform/media-programs'
import type { Member } from './account.ts'

type File = { path: string; bytes: number }
const folder = mkdir(join(instance.data, 'test-files'), { recursive: true }).then(() =>
  join(instance.data, 'test-files'),
)
const made = new Map<string, Promise<string>>()

/** A file of a test, made once and copied: `await file('photo.jpg')`. */
export async function file(kind: keyof typeof makers): Promise<File> {
  let source = made.get(kind)
  if (!source) made.set(kind, (source = makeAt(kind)))
  const path = join(await folder, `${Math.random().toString(36).slice(2)}-${kind}`)
  await copyFile(await source, path)
  return { path, bytes: (await stat(path)).size }
}

/** A file that holds this text, under a name that promises more. */
export async function fileOf(content: string | Buffer): Promise<File> {
  const path = join(await folder, `${Math.random().toString(36).slice(2)}.png`)
  await writeFile(path, content)
  return { path, bytes: Buffer.byteLength(content) }
}

async function makeAt(kind: keyof typeof makers): Promise<string> {
  const path = join(await folder, kind)
  await makers[kind](path)
  return path
}

const picture = (width: number, height: number, background = '#c84') =>
  sharp({ create: { width, height, channels: 3, background } })
const film = async (path: string, ...options: string[]) => {
  const { ffmpeg } = await findMediaPrograms()
  await promisify(execFile)(ffmpeg, ['-v', 'error', '-y', ...options, path])
}
const moves = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=1']
const sounds = ['-f', 'lavfi', '-i', 'sine=duration=1']
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

const makers = {
  'photo.jpg': (path: string) =>
    picture(900, 600)
      .jpeg()
      .withExif({ IFD0: { Artist: 'alice' } })
      .toFile(path),
  'cover.png': (path: string) => picture(320, 240, '#48c').png().toFile(path),
  'video.mp4': (path: string) => film(path, ...moves, ...sounds, ...h264, '-c:a', 'aac'),
  'silent.mp4': (path: string) => film(path, ...moves, ...h264),
  'moving.gif': (path: string) => film(path, ...moves),
  'song.mp3': (path: string) => film(path, ...sounds),
}

/** An upload that is ready, as a row alone: for tests that do not look at the file. */
export const upload = (who: Member, more: Partial<Medium> = {}): Promise<Medium> =>
  Medium.create({ ownerId: who.account.id, kind: 'image', state: 'ready', mimeType: 'image/jpeg', ...more })
