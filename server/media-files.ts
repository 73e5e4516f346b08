import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { findShown } from '#core/media/find-shown'
import { proxyUrl } from '#core/media/medium-addresses'
import { viewMedium } from '#core/media/view-medium'
import { codeOf, NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { log } from '#platform/log'
import { mimeTypeOf } from '#platform/media-type'
import { openStore } from '#platform/storage'
import { isKey, mediumOfKey } from '#platform/storage-keys'

/**
 * What every answer with a medium carries: it is no page, runs nothing, is guessed to be nothing else, and may be drawn by
 * web apps of any origin (federation rule 61, threat control W5, CORS-08).
 */
const headers = {
  'Access-Control-Allow-Origin': '*',
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}
/** A key names the same bytes for ever. */
const forEver = 'public, max-age=31536000, immutable'

/** Serves the files of media, and the short addresses that lead to them. */
export const mediaFiles = Router()
  .get('/media/:shelf/:first/:second/:name', async (req, res) => {
    const { shelf, first, second, name } = req.params
    const key = [shelf, first, second, name].join('/')
    if (!isKey(key) || shelf === 'uploads') throw new NotFound()
    await (shelf === 'cache' ? sendCopy(key, req, res) : sendFile(key, req, res))
  })
  .get('/media/:id', async (req, res) => {
    if (!isId(req.params.id)) throw new NotFound()
    lead(res, await findShown({}, req.params.id))
  })

async function sendFile(key: string, req: Request, res: Response): Promise<void> {
  if (!(await send(key, req, res))) throw new NotFound()
}

/** A copy of what lies elsewhere may have been cleared away; it comes back by one fetch. */
async function sendCopy(key: string, req: Request, res: Response): Promise<void> {
  const id = mediumOfKey(key) ?? ''
  // Files come out while PostgreSQL is away.
  await viewMedium(id).catch((error: Error) => log.debug({ error: error.message }, 'a look was not noted'))
  if (!(await send(key, req, res))) lead(res, proxyUrl(id, 'original'))
}

/** Without a body: nothing of the type of a page comes from here. */
const lead = (res: Response, url: string): void =>
  void res.status(302).set({ 'Cache-Control': 'no-store', Location: url }).end()

/** Sends a file or the part of it that was asked for. Gives false, and sends nothing, when there is none. */
async function send(key: string, req: Request, res: Response): Promise<boolean> {
  const store = await openStore()
  const size = await store.size(key)
  if (size === undefined) return false
  const etag = `"${key.split('-').at(-1)}"`
  res.set(headers).set({ 'Cache-Control': forEver, 'Accept-Ranges': 'bytes', ETag: etag })
  res.type(mimeTypeOf(extname(key).slice(1)))
  if (req.headers['if-none-match']?.includes(etag)) return end(res.status(304))
  const part = partOf(req, size)
  if (part === 'none') return end(res.status(416).set('Content-Range', `bytes */${size}`))
  const { start, end: last } = part ?? { start: 0, end: size - 1 }
  if (part) res.status(206).set('Content-Range', `bytes ${start}-${last}/${size}`)
  res.set('Content-Length', `${last - start + 1}`)
  if (req.method === 'HEAD') return end(res)
  await stream(await store.read(key, part), res)
  return true
}

function end(res: Response): true {
  res.end()
  return true
}

/** One range of bytes; several at once, as nobody who shows media asks for, get the whole. */
function partOf(req: Request, size: number): { start: number; end: number } | 'none' | undefined {
  const ranges = req.range(size)
  if (ranges === -1) return 'none'
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1)
    return undefined
  return ranges[0]
}

async function stream(file: NodeJS.ReadableStream, res: Response): Promise<void> {
  try {
    await pipeline(file, res)
  } catch (error) {
    // Players hang up in the middle all the time.
    if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
