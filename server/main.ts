import type { AddressInfo } from 'node:net'
import { instance } from '#config/instance'
import { instanceActor } from '#core/accounts/instance-actor'
import { nowhere } from '#core/remote'
import { startFederation } from '#federation/federation'
import { closePubsub } from '#platform/pubsub'
import { openRedis } from '#platform/redis'
import { buildApp } from './app.ts'
import { closeGently, serve } from './serve.ts'

/** Starts listening for people, and gives the address and how to stop. */
export async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const federation = startFederation()
  await openRedis()
  await instanceActor({ actor: { kind: 'kith' }, remote: nowhere })
  const server = serve(await buildApp())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(instance.port, instance.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: instance.port === 0 ? `http://localhost:${port}` : instance.origin,
    stop: async () => {
      await Promise.all([closeGently(server), federation.stop()])
      closePubsub()
    },
  }
}
