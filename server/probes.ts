import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { instance } from '#config/instance'
import { NotFound } from '#platform/errors'
import { health } from './health.ts'
import { metrics } from './metrics.ts'
import { answerErrors } from './middleware/answer-errors.ts'
import { dress } from './middleware/dress.ts'

/** Answers the probes and the metrics of a process that serves nothing else: a worker's, where the operator names a port. */
export async function startProbes(port: number): Promise<{ stop(): Promise<void> }> {
  const app = express().disable('x-powered-by').set('etag', false)
  app.use(dress)
  app.use(health, metrics)
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
