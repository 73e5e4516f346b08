import { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import { instance } from '#config/instance'
import type { Ctx } from '#core/ctx'
import { Invalid } from '#platform/errors'
import { loadFolder } from '#platform/load-folder'
import { Answer, Page } from './answers.ts'
import { authorize } from './auth/authorize.ts'
import { Refused } from './middleware/answer-errors.ts'
import { visitors } from './auth/visitors.ts'
import { written } from './input.ts'
import { limitCall, limitStranger } from './middleware/rate-limits.ts'
import { filesOf, paramsOf, readBody, tokenOf } from './middleware/read-body.ts'
import { type Call, type Route, Routes } from './routes.ts'

// Proxies take a few KiB of headers; an address that is longer already leads to no next page.
const LONGEST_LINKS = 4096
const anything = z.looseObject({})

/** Reads `server/routes/` and gives a router with all of them, grouped by the first parts of their paths. */
export async function mountRoutes(): Promise<{ router: RequestHandler; list: Route[] }> {
  const found = await loadFolder(
    new URL('routes/', import.meta.url),
    (value) => value instanceof Routes,
    true,
  )
  const list = found.flatMap(({ value }) => value.list)
  const groups = Map.groupBy(list, ({ path }) => groupOf(path))
  const routers = new Map([...groups].map(([prefix, group]) => [prefix.toLowerCase(), routerOf(group)]))
  // A router of all routes would try one after the other for every request.
  const router: RequestHandler = (req, res, next) => {
    const inner = routers.get(groupOf(req.path.toLowerCase()))
    if (inner) inner(req, res, next)
    else next()
  }
  return { router, list }
}

function routerOf(group: Route[]): Router {
  const router = Router()
  // Fixed paths before those with parameters, whatever file they stand in.
  for (const route of group.sort((a, b) => rank(a.path) - rank(b.path)))
    router[route.method](route.path, ...readersOf(route), serve(route))
  return router
}

// A browser proves by its session who it is, and by a token of our pages that the call is theirs.
const readersOf = ({ access, method }: Route): RequestHandler[] =>
  access === 'session' ? visitors[method === 'get' ? 'get' : 'post'] : [readBody]

const groupOf = (path: string): string =>
  /^\/api\/v\d[^/]*\/[^/:]+/.exec(path)?.[0] ?? /^\/[^/:]+/.exec(path)?.[0] ?? '/'
const rank = (path: string): number => path.split('/').filter((part) => part.startsWith(':')).length

const serve =
  (route: Route): RequestHandler =>
  async (req, res) => {
    // For the metrics: after an error the router does not know any more where it was.
    res.locals.route = route.path
    if (route.deprecated) res.set('Deprecation', `@${route.deprecated}`)
    const files = filesOf(req)
    const ctx = await admit(req, res, route)
    const params = paramsOf(req)
    if (params['lang'] !== undefined) res.locals.lang = written(params['lang'])
    const input = validate(route, params)
    const call: Call = {
      files,
      headers: req.headers as Record<string, string | undefined>,
      ip: req.ip ?? '',
      get url() {
        return new URL(req.originalUrl, instance.origin)
      },
      token: tokenOf(req),
    }
    send(req, res, await route.handler(ctx, input as never, call), call)
  }

async function admit(req: Request, res: Response, route: Route): Promise<Ctx> {
  const ctx = await authorize(req, res, route).catch(async (refused: unknown) => {
    await limitStranger(req, res)
    throw refused
  })
  if (ctx.actor.kind === 'person') res.locals.locale = ctx.actor.locale
  await limitCall(ctx.actor, route, req, res)
  return ctx
}

function validate(route: Route, params: object): unknown {
  const result = (route.input ?? anything).safeParse(params)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') ?? 'request'
  const isMissing =
    issue?.code === 'invalid_type' && issue.path.every((key) => Object.hasOwn(params, key)) === false
  if (isMissing && route.missing === 400)
    throw new Refused(400, `param is missing or the value is empty: ${field}`)
  const what = isMissing ? "can't be blank" : (issue?.message ?? 'is invalid')
  throw new Invalid(`Validation failed: ${title(field)} ${what}`)
}

const title = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')

function send(req: Request, res: Response, value: unknown, call: Call): void {
  if (value instanceof Page) {
    const links = req.method === 'GET' ? linksOf(value, call.url) : ''
    if (links && links.length <= LONGEST_LINKS) res.set('Link', links)
    sendJson(res, value.items)
  } else if (value instanceof Answer) {
    res.status(value.status).set(value.headers)
    if (value.body !== undefined) sendJson(res, value.body)
    // Of an answer that names no type, some clients (masto.js) do not take even that it is empty.
    else (value.status === 200 ? res.type('html') : res).end()
  } else sendJson(res, value ?? {})
}

/** Sends JSON; a Buffer holds it already. */
function sendJson(res: Response, value: unknown): void {
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.end(Buffer.isBuffer(value) ? value : JSON.stringify(value))
}

/** `next` and `prev` with absolute addresses that keep the other parameters (PAGE-06 to PAGE-11, TRIP-32). */
function linksOf(page: Page, url: URL): string {
  const params = url.searchParams
  for (const each of ['max_id', 'min_id', 'since_id', 'access_token']) params.delete(each)
  const rest = params.toString()
  const link = (rel: string, name: string, cursor: string) =>
    `<${url.origin}${url.pathname}?${rest}${rest && '&'}${name}=${encodeURIComponent(cursor)}>; rel="${rel}"`
  const next = page.hasNext && page.last ? [link('next', 'max_id', page.last)] : []
  const prev = page.first ? [link('prev', page.prevBy, page.first)] : []
  return [...next, ...prev].join(', ')
}
