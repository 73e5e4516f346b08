import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { codeOf } from './errors.ts'
import { FetchFailed } from './http-errors.ts'

// Below this a hundredfold growth is ordinary (an empty table, a run of spaces) and costs nothing.
const harmlessBytes = 65_536
const mostGrowth = 100

/** What of an answer decides how its body is read. */
export type BodyHead = { url: string; encoding: string; length: number; maxBytes: number }

/**
 * The body piece by piece, decoded, never more than `maxBytes` of it (federation rules 92, 94). Only gzip is asked
 * for and only gzip is decoded: other codings need windows larger than the documents. Throws FetchFailed `too-large`
 * or `encoding`. The source is destroyed in the end, whatever happened.
 */
export async function* boundedBody(source: Readable, head: BodyHead): AsyncGenerator<Buffer> {
  const { url, encoding, length, maxBytes } = head
  const tooLarge = overOf(head)
  try {
    const isPlain = plain.has(encoding)
    if (isPlain && length > maxBytes) throw tooLarge()
    if (!isPlain && encoding !== 'gzip' && encoding !== 'x-gzip') {
      throw new FetchFailed('encoding', url, 'the content coding was not asked for')
    }
    yield* isPlain ? bounded(source, maxBytes, tooLarge) : unzipped(source, head, tooLarge)
  } finally {
    source.destroy()
  }
}

const plain = new Set(['', 'identity'])
const overOf = ({ url, maxBytes }: BodyHead) => {
  return () => new FetchFailed('too-large', url, `more than ${maxBytes} bytes`)
}

/** As `boundedBody`, in one piece; when it `isCut` what is longer is cut, and is no failure. Most bodies need no decoding and are small. */
export async function wholeBody(source: Readable, head: BodyHead, isCut = false): Promise<Buffer> {
  const { length, maxBytes } = head
  const read: Buffer[] = []
  if (!plain.has(head.encoding)) {
    let bytes = 0
    for await (const piece of boundedBody(source, isCut ? { ...head, maxBytes: Infinity } : head)) {
      read.push(piece)
      bytes += piece.length
      if (isCut && bytes >= maxBytes) break
    }
  } else if (isCut || !(length > maxBytes)) await collect(source, read, head, isCut)
  else {
    source.destroy()
    throw overOf(head)()
  }
  return (read.length === 1 ? read[0]! : Buffer.concat(read)).subarray(0, maxBytes)
}

function collect(source: Readable, read: Buffer[], head: BodyHead, isCut: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const endedEarly = () => reject(source.errored ?? new Error('the body ended too early'))
  if (source.destroyed) endedEarly()
  let bytes = 0
  source.on('data', (piece: Buffer) => {
    read.push(piece)
    bytes += piece.length
    if (bytes < head.maxBytes || (bytes === head.maxBytes && !isCut)) return
    if (isCut) resolve()
    else reject(overOf(head)())
    source.destroy()
  })
  source.once('end', resolve)
  source.once('error', reject)
  source.once('close', endedEarly)
  return promise
}

async function* bounded(source: Readable, maxBytes: number, tooLarge: () => Error): AsyncGenerator<Buffer> {
  let total = 0
  for await (const piece of source as AsyncIterable<Buffer>) {
    total += piece.length
    if (total > maxBytes) throw tooLarge()
    yield piece
  }
}

async function* unzipped(source: Readable, head: BodyHead, tooLarge: () => Error): AsyncGenerator<Buffer> {
  const body = createGunzip()
  source.once('error', (error) => body.destroy(error))
  source.pipe(body)
  let total = 0
  try {
    for await (const piece of bounded(body, head.maxBytes, tooLarge)) {
      total += piece.length
      if (total > harmlessBytes && total > mostGrowth * body.bytesWritten) {
        throw new FetchFailed('encoding', head.url, `grows more than ${mostGrowth} times`)
      }
      yield piece
    }
  } catch (error) {
    // Servers that compress everything announce gzip for answers without a body too.
    if (body.bytesWritten > 0 || codeOf(error) !== 'Z_BUF_ERROR') throw error
  }
}
