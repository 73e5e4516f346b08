import { createFederation, generateCryptoKeyPair, MemoryKvStore } from '@fedify/fedify'
import { Create, Person } from '@fedify/vocab'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

// The least that Fedify does itself: its own checks and its own parse, a listener that does nothing, one person with a key,
// everything in memory.
const keys = await generateCryptoKeyPair('RSASSA-PKCS1-v1_5')
const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true })
federation
  .setActorDispatcher('/users/{identifier}', async (ctx, identifier) => {
    const [pair] = await ctx.getActorKeyPairs(identifier)
    return new Person({
      id: ctx.getActorUri(identifier),
      preferredUsername: identifier,
      name: identifier,
      summary: 'Somebody with something to say about the weather and the trains.',
      inbox: ctx.getInboxUri(identifier),
      publicKey: pair?.cryptographicKey ?? null,
    })
  })
  .setKeyPairsDispatcher(() => [keys])
  .mapHandle((_ctx, username) => (username === process.argv[2] ? username : null))
federation.setInboxListeners('/users/{identifier}/inbox', '/inbox').on(Create, async (_ctx, create) => {
  await create.getObject()
})

const server = createServer(async (req, res) => {
  const method = req.method ?? 'GET'
  const request = new Request(new URL(req.url ?? '/', `http://${req.headers.host}`), {
    method,
    headers: req.headers as Record<string, string>,
    ...(method === 'POST' ? { body: new Uint8Array(await buffer(req)) } : {}),
  })
  const answer = await federation.fetch(request, { contextData: undefined })
  res.writeHead(answer.status).end(await answer.text())
})

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
