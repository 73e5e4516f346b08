import { type RawData, WebSocket } from 'ws'
import { KithError } from '#platform/errors'
import { log } from '#platform/log'
import { statusOf, tellOf } from '../middleware/answer-errors.ts'
import { type Channel, findChannel, type Wish } from './channels.ts'
import { Connection, type Ending, type Viewer } from './connection.ts'
import { enter, follow, followed, leave, unfollow } from './hub.ts'
import type { Message } from './message.ts'

/** A ping every six beats: 30 seconds (STRM-13). */
const EVERY = 6
const MOST_CHANNELS = 100
const MOST_COMMANDS = 100

const UNSUPPORTED = 1003
const codes = { revoked: 1008, leaving: 1001, lost: 1012 }
const PATIENCE = 2000

class SocketConnection extends Connection {
  readonly transport = 'websocket'
  readonly #socket: WebSocket
  #isAlive = true

  constructor(viewer: Viewer, socket: WebSocket) {
    super(viewer)
    this.#socket = socket
    socket.on('pong', () => (this.#isAlive = true))
  }

  get waiting(): number {
    return this.#socket.bufferedAmount
  }

  protected write({ names }: Channel, message: Message): void {
    this.#socket.send(message.frame(names), { binary: false })
  }

  protected greet(beat: number): void {
    if (beat % EVERY !== 0) return
    if (!this.#isAlive) return this.cut()
    this.#isAlive = false
    this.#socket.ping()
  }

  end(why: Ending): void {
    leave(this)
    this.#socket.close(codes[why], why)
    setTimeout(() => this.#socket.terminate(), PATIENCE).unref()
  }

  protected cut(): void {
    leave(this)
    this.#socket.terminate()
  }
}

/** Serves an accepted WebSocket until it closes; `wish` names a channel to follow at once (STRM-05). */
export function serveSocket(viewer: Viewer, socket: WebSocket, wish: Wish): void {
  const connection = new SocketConnection(viewer, socket)
  enter(connection)
  socket.on('close', () => leave(connection))
  socket.on('error', (error) => log.debug({ error: error.message }, 'a stream broke'))
  let [queue, waiting] = [Promise.resolve(), 0]
  // One after the other, so that an unsubscription finds what the subscription before it made.
  const take = (type: unknown, wish: Wish) => {
    if ((waiting += 1) > MOST_COMMANDS) return socket.close(codes.revoked, 'too many commands')
    queue = queue
      .then(() => obey(connection, { type, wish }))
      .then((problem) => {
        waiting -= 1
        if (problem && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(problem))
      })
  }
  if (wish.stream !== undefined) take('subscribe', wish)
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(UNSUPPORTED, 'only text')
    const command = parse(data)
    if (command) take(command.type, command)
  })
}

/** Anything but an object is ignored (STRM-13). */
function parse(data: RawData): (Wish & { type?: unknown }) | undefined {
  try {
    const value: unknown = JSON.parse(String(data))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

type Problem = { error: string; status: number }

// STRM-11: whatever is wrong is said on the socket, which stays open.
async function obey(
  connection: Connection,
  { type, wish }: { type: unknown; wish: Wish },
): Promise<Problem | undefined> {
  if (type !== 'subscribe' && type !== 'unsubscribe') return undefined
  try {
    const channel = await findChannel(connection.viewer, wish)
    if (type === 'unsubscribe') unfollow(connection, channel)
    else if (followed(connection) < MOST_CHANNELS) follow(connection, channel)
    else return { error: 'Too many channels', status: 400 }
    return undefined
  } catch (error) {
    const status = statusOf(error)
    if (!(error instanceof KithError)) log.warn({ err: error }, 'a subscription failed')
    return { error: tellOf(error, status).error, status }
  }
}
