import type { RequestHandler, Response } from 'express'
import { TokenError } from 'oauth2orize'
import { authenticateApp } from '#core/auth/authenticate-app'
import type { OauthApp } from '#core/auth/oauth-app.model'
import { takeLimitOf } from '../middleware/rate-limits.ts'
import { paramsOf } from '../middleware/read-body.ts'
import type { Params } from '../params.ts'

/** A parameter as text; blank or of another kind is absent. */
export const textOf = (params: Params, name: string): string | undefined => {
  const value = params[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

// RFC 6749 has both parts form-encoded; apps that skip that have nothing to decode in what we gave them.
const decode = (text: string): string => (/%(?![0-9a-f]{2})/i.test(text) ? text : decodeURIComponent(text))

/** Id and secret from the header or the body; undefined when one is missing or the two differ (OAUTH-18, TRIP-44). */
function credentialsOf(authorization = '', params: Params): [string, string] | undefined {
  const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(authorization) ?? []
  const header = /^([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString())?.slice(1).map(decode) ?? []
  const [id, secret] = ['client_id', 'client_secret'].map((name, at) => {
    const said = [header[at], textOf(params, name)].filter(Boolean)
    return new Set(said).size === 1 ? said[0] : undefined
  })
  return id && secret ? [id, secret] : undefined
}

/** Lets an app in by its id and secret. The body must have been read; the app is `appOf(res)` from then on. */
export const authenticateClient: RequestHandler = async (req, res, next) => {
  await takeLimitOf('tokens', req)
  req.body = paramsOf(req)
  const credentials = credentialsOf(req.headers.authorization, req.body)
  const app = credentials && (await authenticateApp(...credentials))
  if (!app) throw new TokenError('Client authentication failed.', 'invalid_client')
  res.locals.app = app
  next()
}

/** The app that `authenticateClient` has let in. */
export const appOf = (res: Response): OauthApp => res.locals.app as OauthApp
