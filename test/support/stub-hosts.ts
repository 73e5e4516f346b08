import { type Listening, makeKeys, serve, StubServer } from './stub-server.ts'

// Nobody listens there: whoever is asked refuses at once.
const CLOSED_PORT = 1

/**
 * A fediverse of many servers in this process: each has an address of its own (127.a.b.c), and all are one listener and one key.
 * Up to 65,536 of them; each is a `StubServer`, whose answers, delay and manner say how it behaves.
 */
export class StubHosts {
  readonly #port: number
  readonly #hosts = new Map<string, StubServer>()
  readonly #keys = makeKeys()
  readonly stop: () => Promise<void>
  /** Ends every connection on which nothing is under way. */
  readonly hangUp: () => void

  constructor({ port, stop, hangUp }: Listening) {
    this.#port = port
    this.stop = stop
    this.hangUp = hangUp
  }

  /** The server of this number. */
  host(at: number): StubServer {
    return this.at(`127.1.${at >> 8}.${at & 255}:${this.#port}`)
  }

  /** The servers from `first` on. */
  hosts(first: number, count: number): StubServer[] {
    return Array.from({ length: count }, (_, at) => this.host(first + at))
  }

  /** A domain where nobody listens. */
  deserted = (at: number): string => `127.1.${at >> 8}.${at & 255}:${CLOSED_PORT}`

  /** The server of a domain, such as a request asks for. */
  at(domain: string): StubServer {
    let host = this.#hosts.get(domain)
    if (!host) this.#hosts.set(domain, (host = new StubServer(domain, this.#keys)))
    return host
  }
}

/** Starts one on a free port of every loopback address. */
export async function startHosts(): Promise<StubHosts> {
  const listening = await serve(
    (request, response) => void hosts.at(request.headers.host ?? '').answer(request, response),
    '0.0.0.0',
  )
  const hosts = new StubHosts(listening)
  return hosts
}
