import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from '#config/instance'
import { beginLeaving } from './leaving.ts'
import { answerUnreadable } from './answer-unreadable.ts'
import { isHandshake, passHandshake } from './streaming/handshake.ts'
import { closeStreams, openStreams } from './streaming/streams.ts'

// Together less than what the launcher has of the ten seconds after SIGTERM.
const DRAIN = 3000
const PATIENCE = 5000

/** An HTTP server for an app, with its streams. It does not listen yet. */
export function serve(app: RequestListener): Server {
  const server = createServer({ keepAliveTimeout: 65_000, shouldUpgradeCallback: isHandshake }, app)
  const pass = passHandshake(app as never)
  server.on('upgrade', (req, socket, head) => pass(req, socket as Socket, head))
  server.on('clientError', answerUnreadable)
  openStreams()
  return server
}

/** Serves an app where the configuration says, and gives the address and how to stop. */
export async function listen(app: RequestListener): Promise<{ url: string; stop(): Promise<void> }> {
  const server = serve(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(instance.port, instance.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: instance.port === 0 ? `http://localhost:${port}` : instance.origin,
    stop: async () => {
      beginLeaving()
      // Others of this role may stand beside it behind a proxy; it needs a moment to see that this one is not ready any more.
      if (instance.role === 'web' || instance.role === 'streaming') await sleep(DRAIN)
      await closeGently(server)
    },
  }
}

/** Takes no new connections, tells streams to come back, lets requests in hand finish, then cuts what is left. */
export async function closeGently(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  closeStreams()
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), PATIENCE)
  await closed
  clearTimeout(cut)
}
