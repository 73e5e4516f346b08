import { instanceActor } from '#core/accounts/instance-actor'
import { nowhere } from '#core/remote'
import { startFederation } from '#federation/federation'
import { guardFetch } from '#platform/http'
import { closePubsub } from '#platform/pubsub'
import { openRedis } from '#platform/redis'
import { buildApp } from './app.ts'
import { listen } from './serve.ts'

/** Starts listening for people, and gives the address and how to stop. */
export async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  guardFetch()
  const federation = startFederation()
  await openRedis()
  await instanceActor({ actor: { kind: 'kith' }, remote: nowhere })
  const { url, stop } = await listen(await buildApp())
  return {
    url,
    stop: async () => {
      await Promise.all([stop(), federation.stop()])
      closePubsub()
    },
  }
}
