import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { isLeaving } from '../leaving.ts'

const exposed =
  'Link, Mastodon-Async-Refresh, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id'

/**
 * What every answer carries: an id to quote in questions (HTTP-19), no guessing of types, and when this process is about to
 * end, that the connection ends with it.
 */
export const dress: RequestHandler = (_req, res, next) => {
  if (isLeaving()) res.set('Connection', 'close')
  const id = randomUUID()
  res.locals.requestId = id
  res.setHeader('X-Request-Id', id).setHeader('X-Content-Type-Options', 'nosniff')
  next()
}

/** Reads `/api/v1/….json` as the path without it, as old scripts write it (HTTP-17). */
export const tolerateSuffix: RequestHandler = (req, _res, next) => {
  if (/^\/api\/v\d/i.test(req.path)) req.url = req.url.replace(/\.json(?=\?|$)/, '')
  next()
}

/** Lets web apps of any origin in at these paths, without credentials, and answers their preflights (CORS-01 to CORS-07). */
export const openToAll =
  (paths: RegExp): RequestHandler =>
  (req, res, next) => {
    if (!paths.test(req.path)) return next()
    res.setHeader('Vary', 'Authorization, Origin')
    if (req.headers.origin)
      res.set('Access-Control-Allow-Origin', '*').set('Access-Control-Expose-Headers', exposed)
    if (req.method !== 'OPTIONS') return next()
    res.set('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
    res.set('Access-Control-Allow-Headers', req.headers['access-control-request-headers'] ?? '*')
    res.set('Access-Control-Max-Age', '86400').status(204).end()
  }
