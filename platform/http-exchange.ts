import type { Agent } from 'undici'
import { type Reach, checkUrl } from './addresses.ts'
import { boundedBody, wholeBody } from './http-body.ts'
import { FetchFailed, NotSent, asFetchFailed } from './http-errors.ts'
import type { HttpHead, HttpHeaders, HttpLimits, HttpRequest, Outgoing } from './http-request.ts'
import { createSlots } from './http-slots.ts'

/** An answer whose body waits to be read; `close` frees its place and, if the body is unread, its connection. */
export type Opened = {
  head: HttpHead
  pieces: (maxBytes: number) => AsyncGenerator<Buffer>
  /** All of the body, or when it `isCut` at most its first `maxBytes`. */
  whole: (maxBytes: number, isCut?: boolean) => Promise<Buffer>
  close: () => void
}
export type Means = { agent: Agent; limits: HttpLimits; reach: Reach; userAgent: string }
type Hop = (request: HttpRequest, url: URL, signal: AbortSignal) => Promise<Opened>

/** Opens, follows redirects, reads and closes within one deadline. Whatever goes wrong comes out as FetchFailed. */
export type Exchange = <T>(
  request: HttpRequest,
  usualMs: number,
  read: (opened: Opened) => Promise<T>,
) => Promise<T>

export function createExchange(means: Means): Exchange {
  const hop = createHop(means)
  return async (request, usualMs, read) => {
    const address = String(request.url)
    const deadlineMs = request.deadlineMs ?? usualMs
    const late = new AbortController()
    const isLate = () => late.abort(new FetchFailed('timeout', address, `not done in ${deadlineMs} ms`))
    const timer = setTimeout(isLate, deadlineMs)
    const signal = request.signal ? AbortSignal.any([late.signal, request.signal]) : late.signal
    try {
      const opened = await follow(request, means, (url) => hop(request, url, signal))
      try {
        request.onHead?.(opened.head)
        return await read(opened)
      } finally {
        opened.close()
      }
    } catch (error) {
      throw late.signal.aborted && !(error instanceof NotSent)
        ? late.signal.reason
        : asFetchFailed(error, address)
    } finally {
      clearTimeout(timer)
    }
  }
}

async function follow(
  request: HttpRequest,
  means: Means,
  hop: (url: URL) => Promise<Opened>,
): Promise<Opened> {
  const most = mayBeRedirected(request) ? (request.redirects ?? means.limits.redirects) : undefined
  let url = checkUrl(request.url, means.reach)
  for (let followed = 0; ; followed++) {
    const opened = await hop(url)
    const location = isRedirect(opened.head.status) ? opened.head.headers['location'] : undefined
    if (most === undefined || typeof location !== 'string') return opened
    opened.close()
    if (followed >= most) throw new FetchFailed('redirect', url.href, `more than ${most} redirects`)
    const next = checkUrl(URL.parse(location, url.href) ?? location, means.reach)
    if (request.sameHost && next.host !== url.host)
      throw new FetchFailed('redirect', url.href, 'leads to another host')
    url = next
  }
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status)
const mayBeRedirected = ({ method = 'GET', headers = {} }: HttpRequest) =>
  ['GET', 'HEAD'].includes(method) && !('authorization' in headers) && !('cookie' in headers)

/** One request to one address, within the places of its host. */
function createHop(means: Means): Hop {
  const ofHost = createSlots(means.limits.perHost)
  const ofAll = createSlots(means.limits.total)
  return async (request, url, signal) => {
    const held: (() => void)[] = []
    const free = () => held.forEach((each) => each())
    try {
      const leave = await orBusy(ofHost(url.host, signal), url, signal)
      held.push(request.method === 'POST' ? leave : unhurried(leave, means.limits.paceMs))
      held.push(await orBusy(ofAll('', signal), url, signal))
      return await open(request, url, { ...means, signal, free })
    } catch (error) {
      free()
      throw error
    }
  }
}

// Whoever had the answer goes on at once; the place is for somebody else a little later (federation rule 95).
function unhurried(leave: () => void, paceMs: number): () => void {
  const began = performance.now()
  return () => {
    const rest = paceMs - (performance.now() - began)
    if (rest > 0) setTimeout(leave, rest).unref()
    else leave()
  }
}

type Holding = Means & { signal: AbortSignal; free: () => void }

async function open(
  request: HttpRequest,
  url: URL,
  { agent, userAgent, signal, free }: Holding,
): Promise<Opened> {
  const { method = 'GET', accept } = request
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body
  const headers = {
    'user-agent': userAgent,
    'accept-encoding': 'gzip',
    ...(accept !== undefined && { accept }),
    ...request.headers,
  }
  const signed = await orBusy(sign(request, { method, url, headers, ...(body && { body }) }), url, signal)
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { ...headers, ...signed },
    body: body ?? null,
    signal,
  })
  const source = answer.body
  // A body that is left unread fails with "aborted" when it is destroyed; that is our doing and no news.
  source.on('error', () => undefined)
  const head = { status: answer.statusCode, headers: answer.headers, url: url.href }
  const encoding = String(answer.headers['content-encoding'] ?? '').toLowerCase()
  const length = Number(answer.headers['content-length'])
  const how = { url: url.href, encoding, length }
  return {
    head,
    pieces: (maxBytes) => boundedBody(source, { ...how, maxBytes }),
    whole: (maxBytes, isCut) => wholeBody(source, { ...how, maxBytes }, isCut),
    close: () => {
      source.destroy()
      free()
    },
  }
}

// Whoever is late before the request is out waited for this process: for a place, or for a signature that needs the
// database. It says nothing about the other server.
async function orBusy<T>(work: T | Promise<T>, url: URL, signal: AbortSignal): Promise<T> {
  if (!(work instanceof Promise)) return work
  const late = Promise.withResolvers<never>()
  const leave = () => late.reject(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([late.promise, work])
  } catch (error) {
    if (!signal.aborted) throw error
    const cause = new FetchFailed('busy', url.href, 'this process had too much under way')
    throw new NotSent('no request went out in time', { cause })
  } finally {
    signal.removeEventListener('abort', leave)
  }
}

// Whoever signs may need the database: that it is away must not be held against the other server.
function sign(
  request: HttpRequest,
  outgoing: Outgoing,
): HttpHeaders | undefined | Promise<HttpHeaders | undefined> {
  try {
    const signed = request.sign?.(outgoing)
    return signed instanceof Promise ? signed.catch(notSigned) : signed
  } catch (cause) {
    return notSigned(cause)
  }
}

const notSigned = (cause: unknown): never => {
  throw new NotSent('the request could not be signed', { cause })
}
