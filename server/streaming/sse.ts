import type { RequestHandler, Response } from 'express'
import { NotFound } from '#platform/errors'
import { paramsOf } from '../middleware/read-body.ts'
import { admit } from './admit.ts'
import { findChannel, type Wish } from './channels.ts'
import { Connection, type Viewer } from './connection.ts'
import { enter, follow, leave } from './hub.ts'
import type { Message } from './message.ts'

/** A comment every three beats: 15 seconds (STRM-14). */
const EVERY = 3

class EventConnection extends Connection {
  readonly transport = 'sse'
  readonly #res: Response

  constructor(viewer: Viewer, res: Response) {
    super(viewer)
    this.#res = res
  }

  get waiting(): number {
    return this.#res.writableLength
  }

  protected write(_channel: unknown, message: Message): void {
    this.#res.write(message.lines)
  }

  protected greet(beat: number): void {
    if (beat % EVERY === 0) this.#res.write(':thump\n')
  }

  end(): void {
    leave(this)
    this.#res.end()
  }

  protected cut(): void {
    leave(this)
    this.#res.destroy()
  }
}

const streams = new Map([
  ['user', 'user'],
  ['user/notification', 'user:notification'],
  ['public', 'public'],
  ['public/local', 'public:local'],
  ['public/remote', 'public:remote'],
  ['hashtag', 'hashtag'],
  ['hashtag/local', 'hashtag:local'],
  ['list', 'list'],
  ['direct', 'direct'],
])

/** Where events are streamed. */
export const eventPaths = [...streams.keys()].map((path) => `/api/v1/streaming/${path}`)

const no = new Set<unknown>(['', '0', 'false', 'f', 'off'])

/** `GET /api/v1/streaming/<path>`: the events of one channel as server-sent events (STRM-07, STRM-14). */
export const serveEvents: RequestHandler<{ path: string[] }> = async (req, res) => {
  res.locals.route = '/api/v1/streaming/*'
  const stream = streams.get(req.params.path.join('/'))
  if (!stream) throw new NotFound()
  const viewer = await admit(req as never, res)
  const { tag, list, only_media: onlyMedia } = paramsOf(req as never)
  const isMedia = stream.startsWith('public') && onlyMedia !== undefined && !no.has(onlyMedia)
  const wish: Wish = { stream: isMedia ? `${stream}:media` : stream, tag, list }
  const channel = await findChannel(viewer, wish)
  if (res.destroyed) return
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'private, no-store',
    // There is nothing to ask on it afterwards, and who stops waits for open connections.
    Connection: 'close',
    // Proxies must pass on what comes as it comes.
    'X-Accel-Buffering': 'no',
  })
  res.write(':)\n')
  const connection = new EventConnection(viewer, res)
  enter(connection)
  follow(connection, channel)
  res.once('close', () => leave(connection))
}
