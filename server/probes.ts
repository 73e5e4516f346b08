import { type RequestHandler, Router } from 'express'
import { health } from './health.ts'
import { metrics } from './metrics.ts'

/** What machines ask all the time: how Kith is, and its figures. */
export const probes = Router().use(health, metrics)

/** Answers those. Stands before the log, so that they leave no line in it, and no other request passes through them. */
export const answerProbes: RequestHandler = (req, res, next) =>
  /^\/(health|metrics)\b/i.test(req.path) ? probes(req, res, next) : next()
