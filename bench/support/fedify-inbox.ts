import { createFederation, MemoryKvStore } from '@fedify/fedify'
import { Create } from '@fedify/vocab'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

// The least that Fedify does itself: its own checks and its own parse, a listener that does nothing, everything in memory.
let taken = 0
const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true })
federation.setActorDispatcher('/users/{identifier}', () => null)
federation.setInboxListeners('/users/{identifier}/inbox', '/inbox').on(Create, async (_ctx, create) => {
  await create.getObject()
  taken += 1
})

const server = createServer(async (req, res) => {
  const request = new Request(new URL(req.url ?? '/', `http://${req.headers.host}`), {
    method: req.method ?? 'POST',
    headers: req.headers as Record<string, string>,
    body: new Uint8Array(await buffer(req)),
  })
  const answer = await federation.fetch(request, { contextData: undefined })
  res.writeHead(answer.status).end(await answer.text())
})

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('message', () => process.send?.(taken))
