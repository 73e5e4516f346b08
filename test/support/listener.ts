import { once } from 'node:events'
import { type RequestListener, createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, type Server, type Socket, createServer as createSocketServer } from 'node:net'
import { networkInterfaces } from 'node:os'

/** A server of a test on loopback: how often it was connected to, and the requests it saw. */
export type Listener = {
  port: number
  url: string
  connections: number
  open: number
  mostOpen: number
  requests: string[]
}

const hasV6 = Object.values(networkInterfaces()).some((each) => each?.some((one) => one.family === 'IPv6'))
const running: { server: Server; sockets: Set<Socket> }[] = []

/** Ends everything that was started here. For afterAll. */
export async function closeListeners(): Promise<void> {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
}

/** An HTTP server that answers with `handle`; with a key and a certificate it speaks TLS. */
export async function listen(
  handle: RequestListener,
  secure?: { key: string; cert: string },
): Promise<Listener> {
  const listener = { requests: [] as string[] }
  const answer: RequestListener = (request, response) => {
    listener.requests.push(`${request.method} ${request.url}`)
    response.on('error', () => undefined)
    handle(request, response)
  }
  const server = secure ? createSecureServer(secure, answer) : createServer(answer)
  return start(server, listener, secure ? 'https' : 'http')
}

/** A bare TCP server. */
export async function listenRaw(
  handle: (socket: Socket) => void,
  scheme: 'http' | 'https' = 'http',
): Promise<Listener> {
  return start(createSocketServer(handle), { requests: [] }, scheme)
}

async function start(server: Server, seen: { requests: string[] }, scheme: string): Promise<Listener> {
  const sockets = new Set<Socket>()
  running.push({ server, sockets })
  server.listen(0, hasV6 ? '::' : '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const listener = Object.assign(seen, {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    connections: 0,
    open: 0,
    mostOpen: 0,
  })
  server.on('connection', (socket: Socket) => {
    listener.connections++
    listener.mostOpen = Math.max(listener.mostOpen, ++listener.open)
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      listener.open--
      sockets.delete(socket)
    })
  })
  return listener
}
