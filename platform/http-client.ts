import { open, rm } from 'node:fs/promises'
import { Agent, type Dispatcher } from 'undici'
import type { Reach } from './addresses.ts'
import { guardedConnector, reachable } from './http-connector.ts'
import { createExchange } from './http-exchange.ts'
import {
  type HttpAnswer,
  type HttpClientOptions,
  type HttpHead,
  type HttpRequest,
  httpLimits,
} from './http-request.ts'
import { createPublicResolver, resolveLocalHost } from './resolve-host.ts'

/** The only way out of Kith: nothing else opens connections to other servers (threat control O1). */
export type HttpClient = {
  /** The answer, whatever its status, with its whole body. Throws FetchFailed. */
  request(request: HttpRequest): Promise<HttpAnswer>
  /**
   * The body of a 2xx answer into a file that must not exist yet; it is removed again when the body fails. Other
   * statuses write nothing. Throws FetchFailed, or the error of the file system.
   */
  download(request: HttpRequest & { file: string; maxBytes: number }): Promise<HttpHead & { bytes: number }>
  /** The addresses of a host that this client would connect to. Throws FetchFailed `dns` or `refused`. */
  addressesOf(hostname: string): Promise<string[]>
  /** Whom this client may ask. */
  reach: Reach
  /** The guarded connections for a library that brings its own `fetch`. */
  dispatcher: Dispatcher
  /** Ends every connection. */
  close(): Promise<void>
}

/** A client with connections of its own. Limits are those of federation rules 88 to 95 unless given. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { userAgent, allowPrivate = false, ports = [443], ca } = options
  const limits = { ...httpLimits, ...options.limits }
  const reach: Reach = { allowPrivate, ports }
  const resolve = options.resolve ?? (allowPrivate ? resolveLocalHost : createPublicResolver())
  const { connectMs, perHost, headerBytes, readMs } = limits
  const agent = new Agent({
    allowH2: false,
    connect: guardedConnector({ allowPrivate, resolve, connectMs, ...(ca !== undefined && { ca }) }),
    connections: perHost,
    pipelining: 1,
    maxHeaderSize: headerBytes,
    headersTimeout: readMs,
    bodyTimeout: readMs,
  })
  const exchange = createExchange({ agent, limits, reach, userAgent })

  return {
    request: ({ maxBytes = limits.documentBytes, ...request }) =>
      exchange(request, limits.deadlineMs, async ({ head, whole }) => {
        if (request.method === 'HEAD') return { ...head, body: Buffer.alloc(0) }
        return { ...head, body: await whole(maxBytes, request.isCut) }
      }),
    download: ({ file, maxBytes, ...request }) =>
      exchange(request, limits.downloadMs, async ({ head, pieces }) => {
        const isFine = head.status >= 200 && head.status <= 299
        return { ...head, bytes: isFine ? await writeNew(file, pieces(maxBytes)) : 0 }
      }),
    addressesOf: (hostname) => reachable(hostname, resolve, allowPrivate),
    reach,
    dispatcher: agent,
    close: () => agent.destroy(),
  }
}

async function writeNew(file: string, pieces: AsyncGenerator<Buffer>): Promise<number> {
  const target = await open(file, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const piece of pieces) bytes += (await target.write(piece)).bytesWritten
    await target.close()
    return bytes
  } catch (error) {
    await target.close()
    await rm(file, { force: true })
    throw error
  }
}
