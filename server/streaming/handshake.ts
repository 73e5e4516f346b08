import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Request, RequestHandler } from 'express'
import { WebSocketServer } from 'ws'
import { NotFound } from '#platform/errors'
import { paramsOf } from '../middleware/read-body.ts'
import { admit } from './admit.ts'
import { serveSocket } from './socket.ts'

// No compression: its memory costs more than what short frames would save.
const sockets = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: 65_536,
})

type Upgrade = { socket: Socket; head: Buffer }
const upgrades = new WeakMap<IncomingMessage, Upgrade>()

/** Does a request want to be a WebSocket where there is one (TRIP-65)? All others are answered as if they did not ask. */
export const isHandshake = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  /^\/api\/v1\/streaming\/?(\?|$)/.test(url)

/**
 * Lets a handshake go through the app like every request, so that it is refused in the same way and words as one: the
 * answer is written to the bare connection unless `serveHandshake` takes it over.
 */
export const passHandshake =
  (app: (req: IncomingMessage, res: ServerResponse) => void) =>
  (req: IncomingMessage, socket: Socket, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    const res = new ServerResponse(req)
    res.shouldKeepAlive = false
    res.assignSocket(socket)
    res.once('finish', () => socket.destroySoon())
    upgrades.set(req, { socket, head })
    app(req, res)
  }

/** `GET /api/v1/streaming`: opens a WebSocket (STRM-01). Without a handshake there is nothing to see (STRM-21). */
export const serveHandshake: RequestHandler = async (req, res) => {
  const upgrade = upgrades.get(req)
  if (!upgrade) throw new NotFound()
  const viewer = await admit(req, res)
  res.detachSocket(upgrade.socket)
  // Answers refusals of malformed handshakes by itself, and repeats the subprotocol that carried the token (STRM-02).
  sockets.handleUpgrade(req, upgrade.socket, upgrade.head, (socket) =>
    serveSocket(viewer, socket, paramsOf(req as Request)),
  )
}
