import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { instance } from '#config/instance'
import {
  answerDiscovery,
  answerInbox,
  answerObject,
  enterInbox,
  isInbox,
  wantsActivity,
} from '#federation/federation'
import { LONGEST_BODY, refuseLarge } from './refuse-large.ts'

const raw = express.raw({ limit: LONGEST_BODY, type: () => true })

const snapshot = (req: Request, rawBody = Buffer.alloc(0)) => ({
  method: req.method,
  url: instance.origin + req.originalUrl,
  headers: req.headersDistinct,
  rawBody,
  now: new Date(),
})

type Reply = { status: number; headers: Record<string, string>; body: string }
const send = (res: Response, { status, headers, body }: Reply): void => {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
  res.status(status).end(body)
}

const overload = JSON.stringify({ error: 'overload' })

/**
 * Lets an activity in, or tells its sender to come again, before anything of it is read or asked, in a few words and
 * without a line in the log: of those there may be hundreds a second.
 */
export const admitActivity: RequestHandler = (req, res, next) => {
  if (req.method !== 'POST' || !isInbox(req.path)) return next()
  const leave = enterInbox(req.ip ?? '')
  if (leave) {
    res.once('close', leave)
    return next()
  }
  // Not all at the same moment.
  const seconds = 30 + Math.floor(Math.random() * 60)
  res
    .writeHead(503, { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': seconds })
    .end(overload)
}

/** Other servers: inboxes, WebFinger and NodeInfo, and the objects behind pages for those who ask for them. */
export const activityPub = Router()
  .post(['/inbox', '/actor/inbox', '/users/:id/inbox'], refuseLarge, raw, async (req, res, next) => {
    if (!isInbox(req.path)) return next()
    send(
      res,
      await answerInbox(snapshot(req, Buffer.isBuffer(req.body) ? Buffer.from(req.body) : Buffer.alloc(0))),
    )
  })
  .post(['/users/:id/outbox', '/actor/outbox'], (_req, res) => void res.status(405).set('Allow', 'GET').end())
  .get(/^\/(\.well-known|nodeinfo)\//, async (req, res, next) => {
    const reply = await answerDiscovery(new URL(req.originalUrl, instance.origin), req.headers.accept)
    if (reply) send(res, reply)
    else next()
  })
  .get(/^\/(users\/|contexts\/|actor(\/|$)|@)/, async (req, res, next) => {
    if (wantsActivity(req.headers.accept, req.path)) {
      // A refusal depends on who signed: no cache may keep it for others (federation rule 156).
      res
        .setHeader('Vary', 'Accept, Signature, Signature-Input')
        .setHeader('Cache-Control', 'private, no-store')
      const reply = await answerObject(snapshot(req))
      if (reply) return send(res, reply)
      res.removeHeader('Cache-Control')
    }
    res.vary('Accept')
    next()
  })
