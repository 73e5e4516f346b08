import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { Invalid } from '#platform/errors'
import { clearJobFolders, inJobFolder } from '#platform/job-folder'
import { findMediaPrograms, type MediaPrograms } from '#platform/media-programs'
import type { MediaTask } from '#platform/media-tasks'
import { sniffMediaType } from '#platform/media-type'
import { runMediaTask } from '#platform/run-media-task'

let programs: MediaPrograms
beforeAll(async () => {
  programs = await findMediaPrograms()
})

const picture = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#c84',
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  })
const own = { owner: '1', isOwn: true }
const film = (folder: string, ...options: string[]) =>
  promisify(execFile)(programs.ffmpeg, ['-v', 'error', '-y', ...options, join(folder, 'input')])
const attach = async (folder: string) => {
  const type = await sniffMediaType(join(folder, 'input'))
  if (!type) throw new Invalid('unknown')
  return runMediaTask({ do: 'attachment', input: 'input', type, programs }, folder, own)
}

test('MEDIA-10 MEDIA-11 a photograph is made into what is shown, with sizes and a blurhash', () =>
  inJobFolder(async (folder) => {
    await picture(800, 600)
      .jpeg()
      .withExif({ IFD0: { Artist: 'alice' } })
      .toFile(join(folder, 'input'))
    const made = await attach(folder)
    expect(made).toEqual({
      kind: 'image',
      original: 'original.jpg',
      small: 'small.jpg',
      meta: { original: { width: 800, height: 600 }, small: { width: 554, height: 415 } },
      blurhash: expect.stringMatching(/^.{28}$/),
    })
    expect(await readFile(join(folder, 'original.jpg'), 'latin1')).not.toContain('alice')
  }))

test('MEDIA-09 a moving GIF becomes a video that loops without sound, with a preview', () =>
  inJobFolder(async (folder) => {
    await film(folder, '-f', 'lavfi', '-i', 'testsrc=size=120x80:rate=10:duration=1', '-f', 'gif')
    const made = await attach(folder)
    expect(made).toMatchObject({ kind: 'gifv', original: 'original.mp4', small: 'small.jpg' })
    expect(made.meta.original).toMatchObject({ width: 120, height: 80, frameRate: '10/1' })
    expect(made.meta.original?.duration).toBeCloseTo(1, 1)
  }))

test('MEDIA-09 MEDIA-10 a video has sizes, length, rate, bitrate and a preview; without sound it is a gifv', () =>
  inJobFolder(async (folder) => {
    const input = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25:duration=1']
    const sound = ['-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac']
    const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-f', 'mp4']
    await film(folder, ...input, ...sound, ...h264)
    const made = await attach(folder)
    expect(made).toMatchObject({ kind: 'video', original: 'original.mp4', small: 'small.jpg' })
    expect(made.meta.original).toMatchObject({ width: 320, height: 240, frameRate: '25/1' })
    expect(made.meta.original?.bitrate).toBeGreaterThan(0)
    await film(folder, ...input, ...h264)
    expect((await attach(folder)).kind).toBe('gifv')
  }))

test('MEDIA-10 sound has a length and a bitrate, and no preview without a cover', () =>
  inJobFolder(async (folder) => {
    await film(folder, '-f', 'lavfi', '-i', 'sine=duration=2', '-f', 'mp3')
    const made = await attach(folder)
    expect(made).toMatchObject({ kind: 'audio', original: 'original.mp3' })
    expect(made.small).toBeUndefined()
    expect(made.meta.original?.duration).toBeCloseTo(2, 0)
  }))

test('an avatar that moves has a still form beside it', () =>
  inJobFolder(async (folder) => {
    await film(folder, '-f', 'lavfi', '-i', 'testsrc=size=100x80:rate=5:duration=1', '-f', 'gif')
    const task: MediaTask = {
      do: 'framed',
      input: 'input',
      frame: { width: 400, height: 400, isFilled: true },
    }
    expect(await runMediaTask(task, folder, own)).toEqual({
      kind: 'image',
      original: 'original.gif',
      still: 'still.png',
      meta: { original: { width: 400, height: 400 } },
    })
  }))

test('malformed pictures of every kind end one task, never the server (CVE-2023-4863)', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    const bytes = await picture(64, 64).toFormat(format).toBuffer()
    for (const at of [40, 100, bytes.length >> 1]) {
      await inJobFolder(async (folder) => {
        await writeFile(
          join(folder, 'input'),
          Buffer.concat([bytes.subarray(0, at), Buffer.alloc(300, 0xa7), bytes.subarray(at + 300)]),
        )
        // Some decoders forgive such damage; what counts is that the verdict is one about the file.
        const made = await attach(folder).catch((error: unknown) => error)
        expect(made instanceof Invalid || (made as { kind?: string }).kind === 'image').toBe(true)
      })
    }
  }
})

test('a picture of many megapixels in a few bytes is refused within the bounds (R-084)', () =>
  inJobFolder(async (folder) => {
    await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' } })
      .png()
      .toFile(join(folder, 'input'))
    await expect(attach(folder)).rejects.toThrow('The picture has more than 33 megapixels.')
  }))

test('the largest picture allowed is processed', () =>
  inJobFolder(async (folder) => {
    await sharp({ create: { width: 8100, height: 4096, channels: 4, background: '#fff8' } })
      .png()
      .toFile(join(folder, 'input'))
    expect((await attach(folder)).meta.original?.width).toBe(4050)
  }))

test('nothing stays in the temporary folder (CVE-2023-36460, R-014)', async () => {
  const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('kith-job-')).length
  const before = await folders()
  await expect(inJobFolder(() => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(await folders()).toBe(before)
  await inJobFolder(async (folder) => {
    await clearJobFolders(new Date(Date.now() - 3_600_000))
    expect(await readdir(folder)).toEqual([])
    await clearJobFolders(new Date(Date.now() + 60_000))
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })
})
