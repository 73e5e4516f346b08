import type { Request, RequestHandler, Response } from 'express'
import { pinoHttp } from 'pino-http'
import { log } from '#platform/log'
import { requestSeconds } from '#platform/metrics'

type Req = Request
type Res = Response

// Keys of private files and of mailed links: whoever has one needs nothing else.
const secret = /[\w.~-]{32,}/g

/** The path as it may stand in a log: no query string, and nothing that opens something. */
export const pathOf = (url: string): string => url.replace(/[?#].*$/s, '').replaceAll(secret, '[hidden]')

/** The pattern of the route that answered: a small fixed set. */
function routeOf(req: Req, res: Res): string {
  if (typeof res.locals.route === 'string') return res.locals.route
  const path: unknown = req.route?.path
  if (typeof path === 'string') return req.baseUrl + path
  return Array.isArray(path) ? String(path[0]) : path instanceof RegExp ? String(path) : 'other'
}

const told = (req: Req, res: Res, ms: number) => ({
  method: req.method,
  path: pathOf(req.originalUrl),
  status: res.statusCode,
  ms,
})

type Object = { responseTime: number }

const write = pinoHttp<Req, Res>({
  logger: log,
  quietReqLogger: true,
  quietResLogger: true,
  customAttributeKeys: { reqId: 'request' },
  genReqId: (_req, res) => String((res as Res).locals.requestId),
  customSuccessObject: (req, res, { responseTime }: Object) => told(req, res, responseTime),
  customErrorObject: (req, res, _error, { responseTime }: Object) => told(req, res, responseTime),
  customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'warn' : 'info'),
  customSuccessMessage: () => 'answered',
  customErrorMessage: () => 'answered with a failure',
})

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Writes one line for each request (id, method, path, status, milliseconds; no address of the one who asks, no headers,
 * no bodies) and counts how long its route took.
 */
export const logRequests: RequestHandler = (req, res, next) => {
  const began = performance.now()
  res.once('finish', () => {
    const method = methods.has(req.method) ? req.method : 'other'
    const labels = { method, route: routeOf(req, res), status: String(res.statusCode) }
    requestSeconds.observe(labels, (performance.now() - began) / 1000)
  })
  // Lines that nobody will see need not be made.
  if (log.isLevelEnabled('info')) write(req, res, next)
  else next()
}
