import express from 'express'
import { instance } from '#config/instance'
import { NotFound } from '#platform/errors'
import { closePubsub } from '#platform/pubsub'
import { openRedis } from '#platform/redis'
import { answerErrors } from '../middleware/answer-errors.ts'
import { dress, openToAll } from '../middleware/dress.ts'
import { logRequests } from '../middleware/log-requests.ts'
import { listen } from '../serve.ts'
import { answerProbes } from '../probes.ts'
import { streaming } from './streaming.ts'

/** Starts listening for streams alone, and gives the address and how to stop. */
export async function startStreaming(): Promise<{ url: string; stop(): Promise<void> }> {
  await openRedis()
  const app = express()
  app.set('trust proxy', instance.trustedProxies)
  app.set('etag', false)
  app.disable('x-powered-by')
  app.use(dress)
  app.use(answerProbes)
  app.use(logRequests)
  app.use(openToAll(/^\/api\//))
  app.use(streaming)
  app.use(() => {
    throw new NotFound()
  })
  app.use(answerErrors)
  const { url, stop } = await listen(app)
  return { url, stop: () => stop().finally(closePubsub) }
}
