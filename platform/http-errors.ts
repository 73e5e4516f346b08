import { Unavailable, codeOf } from '#platform/errors'

/**
 * What went wrong with an outgoing request. `url`: the address itself is not acceptable. `refused`: it leads to an
 * address that may not be reached. `protocol`: the answer is not HTTP. `busy`: this process has too much under way.
 * `type`, `document`: the answer is not what was asked for. `local`: the address is this instance's own.
 */
export type FetchProblem =
  | 'url'
  | 'refused'
  | 'local'
  | 'dns'
  | 'busy'
  | 'connection'
  | 'tls'
  | 'timeout'
  | 'protocol'
  | 'redirect'
  | 'encoding'
  | 'too-large'
  | 'status'
  | 'type'
  | 'document'

/**
 * An outgoing request that gave nothing usable. The message is the same for every cause, so that nobody learns
 * from it what is behind an address (threat control O6); `problem` and `detail` are for logs and decisions.
 */
export class FetchFailed extends Unavailable {
  readonly problem: FetchProblem
  readonly url: string
  readonly detail: string
  /** The status of the answer, where the status is the problem. */
  readonly status?: number
  constructor(
    problem: FetchProblem,
    url: string,
    detail: string,
    more: { status?: number; cause?: unknown } = {},
  ) {
    super('The other server could not be reached', { cause: more.cause })
    this.problem = problem
    this.url = url
    this.detail = detail
    if (more.status !== undefined) this.status = more.status
  }
}

/** Something here failed before a request could go out; `cause` is what. It says nothing about the other server. */
export class NotSent extends Error {}

const byCode: [RegExp, FetchProblem][] = [
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/, 'timeout'],
  [/^(ENOTFOUND|ENODATA|ESERVFAIL|EREFUSED|EAI_.+)$/, 'dns'],
  [/^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW|UND_ERR_RES_EXCEEDED_MAX_SIZE)$/, 'too-large'],
  [/^(HPE_.+|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'protocol'],
  [/^(Z_.+|ERR_BUFFER_TOO_LARGE)$/, 'encoding'],
  [
    /^(ERR_TLS_.+|ERR_SSL_.+|CERT_.+|EPROTO|UNABLE_TO_.+|DEPTH_ZERO_.+|SELF_SIGNED_.+|HOSTNAME_MISMATCH|INVALID_CA)$/,
    'tls',
  ],
]

// A full disk or too many open files is no fault of the other server.
const ownFault = /^(EEXIST|ENOSPC|EDQUOT|EROFS|ENOENT|EMFILE|ENFILE)$/

/**
 * The failure as FetchFailed, whatever undici, Node or zlib threw. A FetchFailed stays itself, and so does what
 * went wrong on this machine.
 */
export function asFetchFailed(error: unknown, url: string): Error {
  if (error instanceof NotSent) return Error.isError(error.cause) ? error.cause : error
  const code = codeOf(error) ?? (Error.isError(error) ? error.name : '')
  if (error instanceof FetchFailed || (Error.isError(error) && ownFault.test(code))) return error
  const problem = byCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'connection'
  return new FetchFailed(problem, url, Error.isError(error) ? error.message : String(error), { cause: error })
}
