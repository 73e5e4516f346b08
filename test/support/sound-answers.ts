import type { RequestListener } from 'node:http'
import sharp from 'sharp'
import { instance } from '#config/instance'
import { makeKeys, StubServer } from './stub-server.ts'

const keys = makeKeys()
const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#48c' } })
  .png()
  .toBuffer()

/** Answers for any host whatever it is asked for on one of `fetchPaths` as a server does that is in order. */
export const soundAnswer: RequestListener = async (request, response) => {
  const { method, url: path = '/', headers } = request
  const host = headers.host ?? ''
  if (method === 'POST') return void request.resume().once('end', () => response.writeHead(202).end())
  if (path === '/picture') return void response.setHeader('content-type', 'image/png').end(await picture)
  if (path === '/page' || path === '/me') {
    const me = `${instance.origin}/@me${host.replaceAll(/\W/g, '')}`
    response.setHeader('content-type', 'text/html')
    return void response.end(`<title>As it is</title><a rel="me" href="${me}">me</a>`)
  }
  const stub = new StubServer(host, keys)
  stub.serve({ ...stub.note('ann', 'x'), id: `${stub.origin}/notes/1` })
  const featured = `${stub.actor('ann')}/featured`
  stub.serve({ id: featured, type: 'OrderedCollection', orderedItems: [] })
  stub.documents.set('/.well-known/nodeinfo', { links: [] })
  return stub.answer(request, response)
}
