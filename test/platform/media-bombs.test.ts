import { crc32, deflateSync } from 'node:zlib'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { Invalid } from '#platform/errors'
import { inJobFolder } from '#platform/job-folder'
import { findMediaPrograms } from '#platform/media-programs'
import { sniffMediaType } from '#platform/media-type'
import { runMediaTask } from '#platform/run-media-task'

const MIB = 1_048_576
const small = sharp({ create: { width: 64, height: 64, channels: 3, background: '#c84' } })
const zeros = deflateSync(Buffer.alloc(256 * MIB))

const chunk = (name: string, data: Buffer): Buffer => {
  const [length, end] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  end.writeUInt32BE(crc32(Buffer.concat([Buffer.from(name), data])))
  return Buffer.concat([length, Buffer.from(name), data, end])
}
const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const header = (width: number, height: number): Buffer => {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width)
  data.writeUInt32BE(height, 4)
  data.set([8, 2, 0, 0, 0], 8)
  return chunk('IHDR', data)
}
const png = (width: number, height: number, ...chunks: Buffer[]): Buffer =>
  Buffer.concat([signature, header(width, height), ...chunks, chunk('IEND', Buffer.alloc(0))])

/** A picture of which the bytes at a place say that it is 65,535 pixels wide and high. */
const enlarged = (bytes: Buffer, at: number, isBig: boolean): Buffer => {
  const copy = Buffer.from(bytes)
  for (const place of [at, at + 2]) {
    if (isBig) copy.writeUInt16BE(65_535, place)
    else copy.writeUInt16LE(65_535, place)
  }
  return copy
}

const gifFrame = Buffer.from('21f9040001000000002c00000000ffffffff000202440100', 'hex')

/** Files that are small and want much, and whether something can still be made of them. */
const bombs: Record<string, () => Promise<Buffer>> = {
  'a JPEG of 65,535 by 65,535 in its header': async () => {
    const bytes = await small.clone().jpeg().toBuffer()
    return enlarged(bytes, bytes.indexOf(Buffer.from('ffc0', 'hex')) + 5, true)
  },
  'a GIF of 65,535 by 65,535': async () => enlarged(await small.clone().gif().toBuffer(), 6, false),
  'a GIF of thousands of frames of 65,535 by 65,535': async () =>
    Buffer.concat([
      enlarged((await small.clone().gif().toBuffer()).subarray(0, 13), 6, false),
      ...Array<Buffer>(5000).fill(gifFrame),
      Buffer.from([0x3b]),
    ]),
  'a PNG with more pixels than it says': async () => png(64, 64, chunk('IDAT', zeros)),
  'a PNG with a packed profile of 256 MiB': async () =>
    png(
      64,
      64,
      chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), zeros])),
      chunk('IDAT', deflateSync(Buffer.alloc(64 * 193))),
    ),
  'a PNG with a packed text of 256 MiB': async () =>
    png(
      64,
      64,
      chunk('zTXt', Buffer.concat([Buffer.from('x\0\0'), zeros])),
      chunk('IDAT', deflateSync(Buffer.alloc(64 * 193))),
    ),
  'a PNG of 30,000 by 30,000': async () => png(30_000, 30_000, chunk('IDAT', zeros)),
  'an MP4 whose tables have two thousand million entries': async () => {
    const table = Buffer.from('0000001073747473000000007fffffff', 'hex')
    const box = (name: string, inner: Buffer) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(inner.length + 8)
      return Buffer.concat([length, Buffer.from(name), inner])
    }
    const moov = ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((inner, name) => box(name, inner), table)
    return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isommp42')), moov])
  },
  'a Matroska file whose parts say that they are endless': async () =>
    Buffer.concat([
      Buffer.from(
        '1a45dfa3a34286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
        'hex',
      ),
      Buffer.alloc(200_000, Buffer.from('1f43b67501ffffffffffffff', 'hex')),
    ]),
}

test.each(Object.keys(bombs))(
  'R-084: %s is refused, or ended within its bounds, and the server goes on',
  async (which) => {
    const programs = await findMediaPrograms()
    const before = process.memoryUsage.rss()
    const bytes = await bombs[which]!()
    const verdict = await inJobFolder(async (folder) => {
      await writeFile(join(folder, 'input'), bytes)
      const type = await sniffMediaType(join(folder, 'input'))
      if (!type) return 'unknown'
      const used = process.cpuUsage()
      const made = await runMediaTask(
        { do: 'attachment', input: 'input', type, programs },
        folder,
        '1',
      ).catch((error: unknown) => error)
      // What is decoded is decoded elsewhere.
      expect(process.cpuUsage(used).user).toBeLessThan(5_000_000)
      if (made instanceof Invalid) return 'refused'
      // Nothing but the picture that it is, whatever else is in it.
      const { meta, kind } = made as { kind: string; meta: { original?: { width?: number } } }
      return kind === 'image' && meta.original?.width === 64 ? 'small' : made
    })
    expect(['unknown', 'refused', 'small']).toContain(verdict)
    expect(process.memoryUsage.rss() - before).toBeLessThan(512 * MIB)
  },
  60_000,
)
