import { buffer } from 'node:stream/consumers'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from './listener.ts'

type Kept = { bytes: Buffer; type: string; at: Date }

/** An object store of a test: one bucket in memory, by the S3 protocol. Gives its address. */
export async function bucket(name: string): Promise<string> {
  const kept = new Map<string, Kept>()
  const server = await listen((request, response) => {
    void answer(kept, name, request, response)
  })
  return server.url
}

async function answer(
  kept: Map<string, Kept>,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? '/', 'http://bucket')
  const [, place, ...path] = url.pathname.split('/')
  if (place !== name || !request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    return response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
  }
  const key = decodeURIComponent(path.join('/'))
  const body = await buffer(request)
  if (request.method === 'PUT') {
    kept.set(key, { bytes: body, type: request.headers['content-type'] ?? '', at: new Date() })
    return response.writeHead(200, { etag: '"x"' }).end()
  }
  if (request.method === 'DELETE') return void (kept.delete(key), response.writeHead(204).end())
  if (request.method === 'POST' && url.searchParams.has('delete'))
    return remove(kept, body.toString(), response)
  return key
    ? give(kept.get(key), request, response)
    : list(kept, url.searchParams.get('prefix') ?? '', response)
}

function remove(kept: Map<string, Kept>, xml: string, response: ServerResponse) {
  const keys = [...xml.matchAll(/<Key>([^<]+)<\/Key>/g)].map((match) => match[1] ?? '')
  for (const key of keys) kept.delete(key)
  const deleted = keys.map((key) => `<Deleted><Key>${key}</Key></Deleted>`).join('')
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<DeleteResult>${deleted}</DeleteResult>`)
}

function give(found: Kept | undefined, request: IncomingMessage, response: ServerResponse) {
  if (!found) return response.writeHead(404).end()
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const part = start ? found.bytes.subarray(Number(start), end ? Number(end) + 1 : undefined) : found.bytes
  response.writeHead(start ? 206 : 200, {
    'content-length': part.length,
    'content-type': found.type,
    etag: '"x"',
  })
  response.end(request.method === 'HEAD' ? undefined : part)
}

function list(kept: Map<string, Kept>, prefix: string, response: ServerResponse) {
  const found = [...kept].filter(([key]) => key.startsWith(prefix))
  const items = found.map(
    ([key, { bytes, at }]) =>
      `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><LastModified>${at.toISOString()}</LastModified></Contents>`,
  )
  const xml = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${items.join('')}</ListBucketResult>`
  response.writeHead(200, { 'content-type': 'application/xml' }).end(xml)
}
