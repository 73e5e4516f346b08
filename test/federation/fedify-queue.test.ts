import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Create, Note } from '@fedify/vocab'
import { instance } from '#config/instance'
import { keysOf } from '#core/accounts/account-keys'
import { accountUri } from '#core/addresses'
import { fedify } from '#federation/fedify'
import { fedifyQueue } from '#federation/fedify-queue'
import { rows } from '#platform/db'
import { openRedis, redis } from '#platform/redis'
import { cast } from '#test/factories/account'
import { settle } from '#test/support/settle'
import { verifySignature } from '#federation/signatures/verify-signature'
import { readPublicKey } from '#federation/signatures/public-key'

/** Everything that Redis holds, as one text. */
async function everythingInRedis(): Promise<string> {
  const keys = await redis.keys('*')
  return (await Promise.all(keys.map((key) => redis.dump(key).then(String)))).join()
}

async function inboxServer() {
  const got: { headers: IncomingMessage['headers']; url: string; body: Buffer }[] = []
  const server = createServer(async (req, res) => {
    got.push({ headers: req.headers, url: req.url ?? '', body: Buffer.concat(await Array.fromAsync(req)) })
    res.writeHead(202).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    got,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  }
}

test('federation rule 32: what Fedify queues is owed work without private keys, and arrives signed', async () => {
  await openRedis()
  const { alice } = await cast('alice')
  const inbox = await inboxServer()
  const actor = new URL(accountUri(alice.account))
  const ctx = fedify.createContext(new URL(instance.origin), undefined)
  const note = new Note({ id: new URL(`${actor.href}/notes/1`), attribution: actor, content: 'hello' })
  const activity = new Create({ id: new URL(`${actor.href}/notes/1/activity`), actor, object: note })
  await ctx.sendActivity(
    { identifier: alice.account.id },
    { id: new URL(`${inbox.url}/bob`), inboxId: new URL(`${inbox.url}/inbox`) },
    activity,
  )
  const queued = JSON.stringify(await rows({}, `SELECT payload FROM owed_work WHERE kind = 'fedify'`))
  expect(queued).toContain('/notes/1/activity')
  const { privateKey, publicPem } = await keysOf(alice.account.id)
  const { d, p } = privateKey.export({ format: 'jwk' })
  for (const kept of [queued, await everythingInRedis()]) {
    expect(kept).not.toContain(d)
    expect(kept).not.toContain(p)
  }
  expect(await fedifyQueue.getDepth?.()).toEqual({ queued: 1, ready: 1, delayed: 0 })
  await settle()
  inbox.close()
  const [delivery] = inbox.got
  expect(JSON.parse(String(delivery?.body))).toMatchObject({ type: 'Create', actor: actor.href })
  const request = {
    method: 'POST',
    url: inbox.url + delivery?.url,
    headers: delivery?.headers ?? {},
    rawBody: delivery?.body ?? Buffer.alloc(0),
    now: new Date(),
  }
  const found = {
    keyId: `${actor.href}#main-key`,
    owner: actor.href,
    material: publicPem,
    key: readPublicKey(publicPem)!,
    isStored: true,
  }
  expect(await verifySignature(request, async () => found)).toMatchObject({ ok: true, owner: actor.href })
})
