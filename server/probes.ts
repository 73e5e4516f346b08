import { once } from 'node:events'
import { createServer } from 'node:http'
import express, { type RequestHandler, Router } from 'express'
import { instance } from '#config/instance'
import { NotFound } from '#platform/errors'
import { health } from './health.ts'
import { metrics } from './metrics.ts'
import { answerErrors } from './middleware/answer-errors.ts'
import { dress } from './middleware/dress.ts'

/** What machines ask all the time: how Kith is, and its figures. */
export const probes = Router().use(health, metrics)

/** Answers those. Stands before the log, so that they leave no line in it, and no other request passes through them. */
export const answerProbes: RequestHandler = (req, res, next) =>
  /^\/(health|metrics)\b/i.test(req.path) ? probes(req, res, next) : next()

/** Answers them in a process that serves nothing else: a worker's, where the operator names a port. */
export async function startProbes(port: number): Promise<{ stop(): Promise<void> }> {
  const app = express().disable('x-powered-by').set('etag', false)
  app.use(dress)
  app.use(answerProbes)
  app.use(() => {
    throw new NotFound()
  })
  app.use(answerErrors)
  const server = createServer(app).listen(port, instance.host)
  await once(server, 'listening')
  return {
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
