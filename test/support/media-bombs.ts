import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

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

/** A GIF of so many frames, each of one pixel that makes a whole picture anew. */
const movingGif = (width: number, height: number, frames: number): Buffer => {
  const head = Buffer.from('47494638396100000000800000000000ffffff', 'hex')
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  const frame = Buffer.from('21f90400020000002c0000000001000100000202440100', 'hex')
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])])
}

const gifFrame = Buffer.from('21f9040001000000002c00000000ffffffff000202440100', 'hex')

/** Files that are small and want much. */
export const bombs: Record<string, () => Promise<Buffer>> = {
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
  'a GIF of 5,000 frames of 3,000 by 2,000': () => Promise.resolve(movingGif(3000, 2000, 5000)),
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
