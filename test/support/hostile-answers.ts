import type { RequestListener, ServerResponse } from 'node:http'
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib'

const MIB = 1_048_576
const piece = Buffer.alloc(65_536, '"a",')
const pour = (response: ServerResponse, into: NodeJS.WritableStream = response): void => {
  const more = () => {
    while (!response.destroyed && into.write(piece));
  }
  into.on('drain', more).on('error', () => undefined)
  more()
}
const zeros = Buffer.alloc(32 * MIB)
const packed = (encoding: string, body: Buffer): RequestListener => {
  return (_, response) => void response.setHeader('content-encoding', encoding).end(body)
}
/** Bodies that are more than they seem. */
export const bombs: Record<string, RequestListener> = {
  'a body without end': (_, response) => pour(response),
  'a body of 10 GiB': (_, response) => {
    response.setHeader('content-length', 10 * 1024 * MIB)
    pour(response)
  },
  'a false length': (_, response) => {
    response.setHeader('content-length', 10).flushHeaders()
    response.socket?.write(Buffer.alloc(4 * MIB, 'a'))
  },
  'a gzip bomb without end': (_, response) => {
    const zip = createGzip()
    response.setHeader('content-encoding', 'gzip')
    zip.pipe(response)
    response.once('close', () => zip.destroy())
    pour(response, zip)
  },
  'a gzip bomb': packed('gzip', gzipSync(zeros)),
  'a brotli bomb': packed('br', brotliCompressSync(zeros)),
  'a bomb in a bomb': packed('gzip, gzip', gzipSync(gzipSync(zeros))),
}

/** What a captive portal says to everything. */
export const page = '<!doctype html><title></title><form action="/login"><input name="password"></form>'
const somebodyElse = (host: string) => ({
  id: `http://${host}/users/mal`,
  type: 'Person',
  preferredUsername: 'mal',
  name: 'Mal',
  inbox: `http://${host}/users/mal/inbox`,
  publicKey: {
    id: `http://${host}/users/mal#main-key`,
    owner: `http://${host}/users/mal`,
    publicKeyPem: 'no',
  },
})

/** What stands there in place of what is asked for, always with 200. */
export const wrong: Record<string, (host: string) => [type: string, body: string]> = {
  'nothing at all': () => ['text/plain', ''],
  'a page to log in': () => ['text/html; charset=utf-8', page],
  'a page that calls itself a document': () => ['application/activity+json', page],
  'another actor': (host) => ['application/activity+json', JSON.stringify(somebodyElse(host))],
  'another actor by the same id': (host) => [
    'application/activity+json',
    JSON.stringify({ ...somebodyElse('elsewhere.example'), id: `http://${host}/users/ann`, type: 'Note' }),
  ],
  'an empty document': () => ['application/activity+json', '{}'],
  'a list': () => ['application/activity+json', '[]'],
  'a document of another kind': () => ['application/json', '{"ok":true}'],
}

/** Where redirects lead that come to no end. */
export const circles: Record<string, (path: string) => string> = {
  'that go on without end': (path) => `${path}a`,
  'to itself': (path) => path,
  'to and fro': (path) => (path.endsWith('?') ? path.slice(0, -1) : `${path}?`),
}

/** How an answer begins of which nothing more comes than a byte now and then. */
export const drips = {
  headers: 'HTTP/1.1 200 OK\r\nx-long: ',
  body: 'HTTP/1.1 200 OK\r\ncontent-type: application/activity+json\r\n\r\n',
}
