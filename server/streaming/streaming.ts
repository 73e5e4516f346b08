import { type RequestHandler, Router } from 'express'
import { instance } from '#config/instance'
import { serveHandshake } from './handshake.ts'
import { serveEvents } from './sse.ts'

// Where streams have a host of their own, this one leads there (STRM-20, STRM-21).
const leadAway: RequestHandler = (req, res, next) => {
  if (!instance.hasStreamingHost || instance.role === 'streaming') return next()
  const { pathname, search } = new URL(req.originalUrl, instance.origin)
  res.redirect(301, instance.streamingUrl.replace(/^ws/, 'http') + pathname + search)
}

/** Streams of events: WebSocket, server-sent events, and whether they are served at all (STRM-01, STRM-19). */
export const streaming = Router()
  .get('/api/v1/streaming/health', (_req, res) => void res.type('text/plain').send('OK'))
  .get('/api/v1/streaming', leadAway, serveHandshake)
  .get('/api/v1/streaming/*path', leadAway, serveEvents)
