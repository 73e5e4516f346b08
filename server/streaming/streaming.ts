import { Router } from 'express'
import { serveHandshake } from './handshake.ts'
import { serveEvents } from './sse.ts'

/** Streams of events: WebSocket, server-sent events, and whether they are served at all (STRM-01, STRM-19). */
export const streaming = Router()
  .get('/api/v1/streaming/health', (_req, res) => void res.type('text/plain').send('OK'))
  .get('/api/v1/streaming', serveHandshake)
  .get('/api/v1/streaming/*path', serveEvents)
