import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readClip } from '#platform/clip-facts'
import { findMediaPrograms, type MediaPrograms } from '#platform/media-programs'
import { assertModest, extractCover, renderPoster, renderSound, renderVideo } from '#platform/video'

let programs: MediaPrograms
let folder: string
beforeAll(async () => {
  programs = await findMediaPrograms()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-video-'))
})
afterEach(() => rm(folder, { recursive: true }))

const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25:duration=2']
const sound = ['-f', 'lavfi', '-i', 'sine=duration=2']
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const made = async (name: string, ...options: string[]) => {
  const path = join(folder, name)
  await promisify(execFile)(programs.ffmpeg, ['-v', 'error', '-y', ...options, path])
  return path
}
const clip = async (path: string, demuxer = 'mov') => ({
  path,
  demuxer,
  facts: await readClip(programs.ffprobe, path, demuxer),
})
const inFolder = (file: string) => join(folder, file)

test('a video tells its size, length, rate and whether it has sound', async () => {
  const { facts } = await clip(await made('in.mp4', ...picture, ...sound, ...h264, '-c:a', 'aac'))
  expect(facts.duration).toBeCloseTo(2, 1)
  expect(facts.bitrate).toBeGreaterThan(1000)
  expect(facts.picture).toMatchObject({ codec: 'h264', width: 320, height: 240, frameRate: '25/1' })
  expect(facts.sound).toEqual({ codec: 'aac', channels: 1 })
})

test('a video that every browser plays is copied, without place, author or device (federation rule 155)', async () => {
  const tags = [
    '-metadata',
    'location=+52.5-013.4/',
    '-metadata',
    'artist=alice',
    '-metadata',
    'comment=secret',
  ]
  const path = await made(
    'in.mp4',
    ...picture,
    ...sound,
    ...h264,
    '-c:a',
    'aac',
    '-movflags',
    'use_metadata_tags',
    ...tags,
  )
  expect(await readFile(path, 'latin1')).toMatch(/alice/)
  const { file, demuxer } = await renderVideo(programs.ffmpeg, await clip(path), folder, 'out')
  const bytes = await readFile(inFolder(file), 'latin1')
  expect(bytes).not.toMatch(/alice|secret|52\.5-013/)
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  expect((await clip(inFolder(file), demuxer)).facts).toMatchObject({
    picture: { codec: 'h264' },
    sound: { codec: 'aac' },
  })
})

test.each([
  ['WebM with VP9', 'in.webm', 'matroska', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8']],
  ['10-bit H.264', 'in.mov', 'mov', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le']],
  ['GIF', 'in.gif', 'gif', []],
])('%s becomes H.264 in 4:2:0, in MP4', async (_, name, demuxer, options) => {
  const path = await made(name, ...picture, ...options)
  const { file, mimeType } = await renderVideo(programs.ffmpeg, await clip(path, demuxer), folder, 'out')
  expect(mimeType).toBe('video/mp4')
  const { facts } = await clip(inFolder(file))
  expect(facts.picture).toMatchObject({ codec: 'h264', pixels: 'yuv420p', width: 320, height: 240 })
  expect(facts.sound).toBeUndefined()
})

test('a moving picture with odd sides becomes a video with even ones', async () => {
  const path = await made('in.gif', '-f', 'lavfi', '-i', 'testsrc=size=101x51:rate=10:duration=1')
  const { file } = await renderVideo(programs.ffmpeg, await clip(path, 'gif'), folder, 'out')
  expect((await clip(inFolder(file))).facts.picture).toMatchObject({ width: 100, height: 50 })
})

test('a video held upright is upright in its facts, its poster and its new encoding', async () => {
  const flat = await made('flat.mp4', ...picture, ...h264)
  const path = await made('in.mov', '-display_rotation', '90', '-i', flat, '-c', 'copy').catch(() =>
    made('in.mov', '-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=90'),
  )
  const turned = await clip(path)
  expect(turned.facts.picture).toMatchObject({ width: 240, height: 320 })
  const poster = await renderPoster(programs.ffmpeg, turned, folder, 'poster')
  expect((await readFile(inFolder(poster.file))).readUInt32BE(16)).toBe(240)
})

test('a poster is had from a video of one frame', async () => {
  const path = await made('in.mp4', '-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=1:duration=1', ...h264)
  expect((await renderPoster(programs.ffmpeg, await clip(path), folder, 'poster')).bytes).toBeGreaterThan(100)
})

test.each([
  ['mp3', 'mp3', 'audio/mpeg', 'mp3', ['-c:a', 'libmp3lame']],
  ['m4a', 'mov', 'audio/mp4', 'aac', ['-c:a', 'aac']],
  ['ogg', 'ogg', 'audio/ogg', 'opus', ['-c:a', 'libopus']],
  ['wav', 'wav', 'audio/mp4', 'aac', []],
  ['flac', 'flac', 'audio/mp4', 'aac', []],
  ['webm', 'matroska', 'audio/ogg', 'opus', ['-c:a', 'libopus']],
])(
  'sound in %s is kept or becomes M4A, without tags',
  async (extension, demuxer, mimeType, codec, options) => {
    const path = await made(`in.${extension}`, ...sound, ...options, '-metadata', 'artist=alice')
    const out = await renderSound(programs.ffmpeg, await clip(path, demuxer), folder, 'out')
    expect(out.mimeType).toBe(mimeType)
    expect(await readFile(inFolder(out.file), 'latin1')).not.toContain('alice')
    expect((await clip(inFolder(out.file), out.demuxer)).facts.sound?.codec).toBe(codec)
  },
)

test('the picture of an album comes out of the sound file', async () => {
  const cover = await made('cover.jpg', ...picture, '-frames:v', '1')
  const song = await made('song.mp3', ...sound)
  const path = await made(
    'in.mp3',
    '-i',
    song,
    '-i',
    cover,
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    '-disposition:v',
    'attached_pic',
  )
  const found = await clip(path, 'mp3')
  expect(found.facts).toMatchObject({ hasCover: true, sound: { codec: 'mp3' } })
  expect(found.facts.picture).toBeUndefined()
  const { file } = await extractCover(programs.ffmpeg, found, folder, 'cover')
  expect((await readFile(inFolder(file))).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
  const out = await renderSound(programs.ffmpeg, found, folder, 'out')
  expect((await clip(inFolder(out.file), 'mp3')).facts.hasCover).toBe(false)
})

test('other codecs are refused before they are decoded (CVE-2025-9951)', async () => {
  const codecs = [['mpeg4'], ['mjpeg', '-pix_fmt', 'yuvj420p'], ['jpeg2000']]
  for (const [codec = '', ...options] of codecs) {
    const path = await made(`${codec}.mov`, ...picture, '-c:v', codec, ...options)
    await expect(clip(path)).rejects.toThrow('The file cannot be read as video or sound.')
  }
})

test('playlists, concat scripts and references open nothing, under any name (CVE-2016-1897, CVE-2017-9993)', async () => {
  const secret = await made('secret.mp4', ...picture, ...h264)
  const scripts = [
    `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n${secret}\n#EXT-X-ENDLIST\n`,
    `ffconcat version 1.0\nfile ${secret}\n`,
    `#EXTM3U\n#EXTINF:1,\nconcat:http://127.0.0.1:9/x|file://${secret}\n`,
    'v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n',
    `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>file://${secret}</BaseURL></MPD>`,
  ]
  for (const script of scripts) {
    const path = inFolder('in.mp4')
    await writeFile(path, script)
    for (const demuxer of ['mov', 'matroska', 'gif', 'mp3', 'ogg', 'wav', 'flac']) {
      await expect(clip(path, demuxer)).rejects.toThrow('The file cannot be read as video or sound.')
    }
  }
})

test('a truncated video is Invalid and names no path', async () => {
  const path = await made('in.mp4', ...picture, ...h264, '-movflags', '+faststart')
  const whole = await clip(path)
  await writeFile(path, (await readFile(path)).subarray(0, 1200))
  await expect(renderPoster(programs.ffmpeg, whole, folder, 'poster')).rejects.toThrow(
    'The video or sound cannot be decoded.',
  )
})

test('videos with too many pixels, frames a second or frames are refused (R-084)', () => {
  const facts = (width: number, height: number, frameRate: string, duration: number) => ({
    duration,
    bitrate: 1,
    picture: { codec: 'h264', profile: 'High', pixels: 'yuv420p', width, height, frameRate },
    hasCover: false,
  })
  expect(() => assertModest(facts(3840, 2160, '60/1', 600))).not.toThrow()
  expect(() => assertModest(facts(7680, 4320, '30/1', 1))).toThrow('too many pixels')
  expect(() => assertModest(facts(320, 240, '240/1', 1))).toThrow('too many frames a second')
  expect(() => assertModest(facts(320, 240, '30/1', 1300))).toThrow('too long')
})

test('names that look like options, protocols or formats stay names (CVE-2023-36460, FLUENT-FFMPEG-ARGS)', async () => {
  const path = await made('in.mp4', ...picture, ...h264)
  const odd = join(folder, '-i %03d concat:a|b \'"$(touch x).mp4')
  await writeFile(odd, await readFile(path))
  const { file } = await renderVideo(programs.ffmpeg, await clip(odd), folder, 'out')
  expect((await stat(inFolder(file))).size).toBeGreaterThan(1000)
})
