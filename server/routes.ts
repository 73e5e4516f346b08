import type { z } from 'zod'
import type { Ctx } from '#core/ctx'
import type { Upload } from './middleware/read-body.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Who may call: anybody, anybody but better with a token, any app, a member, or a member in a browser of ours. */
export type Access = 'none' | 'optional' | 'app' | 'user' | 'session'

/** The limit that a call counts against, beside the one for all calls (RATE-01 to RATE-07). */
export type LimitName =
  | 'posting'
  | 'deleting'
  | 'uploads'
  | 'sign-up'
  | 'apps'
  | 'follows'
  | 'pages'
  | 'reports'
  | 'tokens'
  | 'media-proxy'
  | 'confirmations'
  | 'confirmations-user'
  | 'resets'
  | 'resolves'

/** What a handler may know about the request beyond its parameters. */
export type Call = {
  files: Record<string, Upload>
  headers: Record<string, string | undefined>
  ip: string
  url: URL
  token: string | undefined
}

export type Handler<I> = (ctx: Ctx, input: I, call: Call) => Promise<unknown>

type Options<S extends z.ZodType> = {
  access?: Access
  /** Any one of these is enough; none means any token. */
  scopes?: readonly string[]
  /** The shape of all parameters, wherever they stand (HTTP-02). */
  input?: S
  limit?: LimitName
  /** The status of a call that lacks a parameter it needs: 422, or 400 where the API says so (ERR-11). */
  missing?: 400 | 422
  /** The headers that it reads, beside those that every route reads. */
  headers?: readonly string[]
  /** The names of the files that it takes, besides. */
  files?: readonly string[]
  /** What it answers, by the name of the entity. */
  answers?: string
  /** Since when nobody should call it any more, in seconds since 1970 (HTTP-20). */
  deprecated?: number
  /** Members whose address is not confirmed yet may call it. */
  unconfirmed?: boolean
}

/** One stated route. */
export type Route = Required<Pick<Options<z.ZodType>, 'access' | 'scopes'>> &
  Options<z.ZodType> & { method: Method; path: string; handler: Handler<never> }

type State = <S extends z.ZodType>(path: string, options: Options<S>, handler: Handler<z.output<S>>) => void

export class Routes {
  readonly list: Route[] = []
}

/**
 * States the routes below a path: method, access, scopes, shape, limit and a handler of a few lines, which gives the
 * JSON to send (a value, or the bytes of it), an `Answer` or a `Page`.
 */
export function routes(prefix: string, define: (r: Record<Method, State>) => void): Routes {
  const all = new Routes()
  const state =
    (method: Method): State =>
    (path, options, handler) => {
      const full = prefix + (path === '/' ? '' : path)
      all.list.push({
        access: 'user',
        scopes: [],
        ...options,
        method,
        path: full,
        handler: handler as Handler<never>,
      })
    }
  define({
    get: state('get'),
    post: state('post'),
    put: state('put'),
    patch: state('patch'),
    delete: state('delete'),
  })
  return all
}
