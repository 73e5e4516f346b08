import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/**
 * A reverse proxy as operators have them: it asks each server every half a second whether it is ready, spreads requests over
 * those that are, keeps connections to them open, and tries another only when a connection is refused.
 */
export type Balancer = { url: string; stop(): Promise<void> }

const EVERY = 500

/** Starts one before servers at these addresses, on a free port of loopback or the one given. */
export async function startBalancer(addresses: string[], port = 0): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true })
  const ready = new Set(addresses)
  const look = async (address: string): Promise<void> => {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined)
    if (answer?.ok) ready.add(address)
    else ready.delete(address)
  }
  const timer = setInterval(() => addresses.forEach((each) => void look(each)), EVERY)
  let turn = 0
  const inTurn = (): string[] => {
    const all = ready.size > 0 ? [...ready] : addresses
    turn += 1
    return all.map((_, at) => all[(turn + at) % all.length]!)
  }
  const server = createServer((req, res) => pass(req, res, { agent, left: inTurn() }))
  server.on('upgrade', (req, socket, head) => tunnel(req, socket as Socket, head, inTurn()))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      clearInterval(timer)
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Choice = { agent: Agent; left: string[] }

function pass(req: IncomingMessage, res: ServerResponse, { agent, left }: Choice): void {
  const [address, ...others] = left
  if (!address) return void res.writeHead(502).end()
  const { hostname, port } = new URL(address)
  const { method = 'GET', url: path = '/', headers } = req
  const asked = request({ agent, hostname, port, method, path, headers }, (answer) => {
    // What is about one connection is not for the next.
    const { connection: _, 'keep-alive': __, ...passed } = answer.headers
    res.writeHead(answer.statusCode ?? 502, passed)
    answer.pipe(res)
  })
  asked.on('error', (error: NodeJS.ErrnoException) => {
    // Nothing was sent yet, so nothing can be done twice.
    if (error.code === 'ECONNREFUSED') pass(req, res, { agent, left: others })
    else if (!res.headersSent) res.writeHead(502).end(error.message)
  })
  asked.on('socket', (socket) => {
    if (!socket.connecting) req.pipe(asked)
    else socket.once('connect', () => req.pipe(asked))
  })
}

function tunnel(req: IncomingMessage, socket: Socket, head: Buffer, [address]: string[]): void {
  if (!address) return void socket.destroy()
  const { hostname, port } = new URL(address)
  const other = connect(Number(port), hostname, () => {
    const lines = Object.entries(req.headers).map(([name, value]) => `${name}: ${String(value)}`)
    other.write(`${req.method} ${req.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    other.write(head)
    other.pipe(socket).pipe(other)
  })
  for (const each of [socket, other]) each.on('error', () => [socket, other].forEach((end) => end.destroy()))
}
