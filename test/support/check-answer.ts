import { type Endpoint, endpoints, flawsOf } from './contract.ts'

/** What came back: `body` is the parsed JSON, else the text. */
type Answered = { status: number; headers: { get(name: string): string | null }; body: unknown }

const partsOf = (path: string): string[] => path.split('/')
const patterns = endpoints
  .filter(({ removed }) => !removed)
  .map((endpoint) => ({ endpoint, parts: partsOf(endpoint.path) }))
  // Fixed parts are meant before parameters.
  .sort((a, b) => a.endpoint.path.split(':').length - b.endpoint.path.split(':').length)

/** The endpoint that a call means; undefined for addresses that are none of the Mastodon API. */
export function endpointOf(method: string, path: string): Endpoint | undefined {
  const asked = partsOf(path.replace(/[?#].*$/s, ''))
  return patterns.find(
    ({ endpoint, parts }) =>
      endpoint.method === method &&
      parts.length === asked.length &&
      parts.every((part, at) => part.startsWith(':') || part === asked[at]),
  )?.endpoint
}

// Not JSON: what the answer itself must be instead.
const others: Record<string, (answered: Answered) => boolean> = {
  NoBody: ({ body }) => body === '',
  Redirect: ({ status }) => status >= 300 && status < 400,
  HTML: (answered) => answered.status === 302 || typed('text/html')(answered),
  PlainText: typed('text/plain'),
  EventStream: typed('text/event-stream'),
  WebSocket: () => false,
  HostMeta: ({ headers, body }) =>
    /xrd\+xml/.test(headers.get('content-type') ?? '') || flawsOf('HostMeta', body).length === 0,
}

function typed(type: string): (answered: Answered) => boolean {
  return ({ headers }) => headers.get('content-type')?.startsWith(type) === true
}

const richer: Record<string, string> = {
  Status: 'Status::SignedIn',
  Poll: 'Poll::SignedIn',
  Tag: 'Tag::SignedIn',
}
/** Callers who are members get more (Status::SignedIn, …). */
const forMember = (name: string): string =>
  name.replace(
    /^(Array<)?(\w+)(>?)$/,
    (_, before = '', item: string, after = '') => before + (richer[item] ?? item) + after,
  )

function flawsOfSuccess(endpoint: Endpoint, answered: Answered, isMember: boolean): string[] {
  const { response, statusCodes } = endpoint
  const { status, body } = answered
  const isExpected = statusCodes.includes(status) || (status === 204 && response === 'NoBody')
  const wrongCode = isExpected ? [] : [`${status} is none of ${String(statusCodes)}`]
  const is = others[response]
  if (is) return [...wrongCode, ...(is(answered) ? [] : [`the answer is no ${response}`])]
  if (status === 204) return wrongCode
  const name = isMember || endpoint.auth === 'user' ? forMember(response) : response
  return [...wrongCode, ...flawsOf(name, body)]
}

/** Which shape of error this is: the body says it by what more it has. */
function errorOf(path: string, body: object): string {
  if ('unexpected_accounts' in body) return 'UnexpectedMentionsError'
  if ('error' in body && typeof body.error === 'object') return 'CollectionValidationError'
  if ('details' in body) return 'ValidationError'
  return /^\/oauth\/(token|revoke|introspect)\b/.test(path) && 'error_description' in body
    ? 'OAuthError'
    : 'Error'
}

function flawsOfFailure(path: string, { body }: Answered): string[] {
  if (typeof body !== 'object' || body === null) return ['the error is no object']
  return flawsOf(errorOf(path, body), body)
}

/**
 * Throws unless an answer of the Mastodon API is what the contract says of its endpoint: a success its entity, a failure
 * an error (ERR-01). Calls of other addresses pass.
 */
export function checkAnswer(method: string, path: string, answered: Answered, isMember = false): void {
  const { status, body } = answered
  const endpoint = endpointOf(method, path)
  const isApi = path.startsWith('/api/')
  const flaws =
    method === 'HEAD' || method === 'OPTIONS'
      ? []
      : status >= 400
        ? isApi || /^\/oauth\/(token|revoke|introspect|userinfo)\b/.test(path)
          ? flawsOfFailure(path, answered)
          : []
        : endpoint && status !== 304
          ? flawsOfSuccess(endpoint, answered, isMember)
          : []
  if (flaws.length === 0) return
  const shown = typeof body === 'string' ? body : JSON.stringify(body)
  throw new Error(
    `${method} ${path} answered ${status} against the contract (${endpoint?.response ?? 'an error'}):\n  ${flaws.join('\n  ')}\n${shown.slice(0, 2000)}`,
  )
}

const payloads: Record<string, string> = {
  update: 'Status',
  'status.update': 'Status',
  notification: 'Notification',
  conversation: 'Conversation',
  announcement: 'Announcement',
  'announcement.reaction': 'AnnouncementReaction',
}

/** Throws unless what a stream sent is a frame with the payload of its event, or the refusal of a command (STRM-08). */
export function checkFrame(frame: { event?: string; payload?: string; error?: string }): void {
  const isRefusal = 'error' in frame
  const outer = flawsOf(isRefusal ? 'Streaming::Error' : 'Streaming::Frame', frame)
  const inner = isRefusal ? [] : payloadFlaws(frame.event ?? '', frame.payload)
  if (outer.length + inner.length > 0)
    throw new Error(
      `a stream sent ${JSON.stringify(frame).slice(0, 2000)}:\n  ${[...outer, ...inner].join('\n  ')}`,
    )
}

function payloadFlaws(event: string, payload: string | undefined): string[] {
  const name = payloads[event]
  if (name) return flawsOf(name, JSON.parse(payload ?? 'null'))
  return event.endsWith('delete') ? flawsOf('Id', payload) : []
}
