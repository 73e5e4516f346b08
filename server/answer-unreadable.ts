import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { codeOf } from '#platform/errors'

const problems: Record<string, [status: number, words: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The address or the headers of the request are too long'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The request is too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long'],
}

/** Answers what is no HTTP in the shape of all errors (ERR-01), and hangs up. */
export function answerUnreadable(error: Error, socket: Duplex): void {
  if (codeOf(error) === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, words] = problems[codeOf(error) ?? ''] ?? [400, 'The request could not be read']
  const body = JSON.stringify({ error: words })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
