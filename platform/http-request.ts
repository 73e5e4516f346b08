import type { ResolveHost } from './resolve-host.ts'

/** Header names in small letters. */
export type HttpHeaders = Record<string, string>

/** One request as it goes out, for whoever signs it: made anew for every redirect. */
export type Outgoing = { method: string; url: URL; headers: HttpHeaders; body?: Buffer }

export type HttpRequest = {
  url: string | URL
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'
  headers?: HttpHeaders
  accept?: string
  body?: string | Buffer
  /** Most bytes of the decoded body; 1 MiB when not given. */
  maxBytes?: number
  /** What is longer than `maxBytes` is cut there, and is no failure. */
  isCut?: boolean
  /** For everything together, waiting and redirects included; 30 s when not given, 60 s for a download. */
  deadlineMs?: number
  /** Most redirects of a GET or HEAD; 3 when not given. Others, and requests with credentials, follow none. */
  redirects?: number
  /** Refuse a redirect that leaves the host (federation rule 17). */
  sameHost?: boolean
  /** Headers to add to one outgoing request, such as its signature; called for every redirect too (rules 90, 91). */
  sign?: (outgoing: Outgoing) => HttpHeaders | Promise<HttpHeaders>
  /** Sees status and headers before any of the body is read, and may throw to leave it unread. */
  onHead?: (head: HttpHead) => void
  signal?: AbortSignal
}

/** `url` is where the answer came from after redirects. A header sent several times is a list. */
export type HttpHead = { status: number; headers: Record<string, string | string[] | undefined>; url: string }
export type HttpAnswer = HttpHead & { body: Buffer }

export type HttpLimits = {
  connectMs: number
  /** For the headers, and between any two pieces of a body. */
  readMs: number
  deadlineMs: number
  downloadMs: number
  documentBytes: number
  headerBytes: number
  redirects: number
  perHost: number
  /** For so long at least a fetch takes one of the places of its host, so that quick answers do not make many of them. */
  paceMs: number
  total: number
}

/** Milliseconds, bytes and counts of federation rules 90 to 95. */
export const httpLimits: Readonly<HttpLimits> = Object.freeze({
  connectMs: 5_000,
  readMs: 10_000,
  deadlineMs: 30_000,
  downloadMs: 60_000,
  documentBytes: 1_048_576,
  headerBytes: 16_384,
  redirects: 3,
  perHost: 4,
  paceMs: 50,
  total: 640,
})

export type HttpClientOptions = {
  userAgent: string
  /** Private addresses, other ports and plain HTTP too: for development and closed networks. */
  allowPrivate?: boolean
  ports?: readonly number[]
  limits?: Partial<HttpLimits>
  resolve?: ResolveHost
  /** An authority of one's own, in place of the known ones. */
  ca?: string
}
