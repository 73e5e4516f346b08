import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express'
import { TokenError } from 'oauth2orize'
import { describeToken } from '#core/auth/describe-token'
import { exchangeCode } from '#core/auth/exchange-code'
import { type IssuedToken, issueToken } from '#core/auth/issue-token'
import { revokeToken } from '#core/auth/revoke-token'
import { grants, isScope, parseScopes } from '#core/auth/scopes'
import type { Ctx } from '#core/ctx'
import { remote } from '#federation/remote'
import { Forbidden } from '#platform/errors'
import { statusOf } from '../middleware/answer-errors.ts'
import { readBody } from '../middleware/read-body.ts'
import type { Params } from '../params.ts'
import { introspectionJson, tokenJson } from '../serializers/token.ts'
import { appOf, authenticateClient, textOf } from './app-credentials.ts'
import { oauthServer } from './oauth-server.ts'

const ctx: Ctx = { actor: { kind: 'visitor' }, remote }

type Give = (req: Request, res: Response) => Promise<IssuedToken>

/** Answers a grant with the token that `give` gives (OAUTH-22). */
function exchange(type: string, give: Give): void {
  const answer: RequestHandler = async (req, res, next) => {
    try {
      res.set('Cache-Control', 'no-store').json(tokenJson(await give(req, res)))
    } catch (error) {
      next(error)
    }
  }
  oauthServer.exchange(type, answer as never)
}

exchange('authorization_code', async (req, res) => {
  const params = req.body as Params
  const code = textOf(params, 'code')
  if (!code) throw new TokenError('Missing required parameter: code.', 'invalid_request')
  const redirectUri = textOf(params, 'redirect_uri')
  const codeVerifier = textOf(params, 'code_verifier')
  const issued = await exchangeCode(ctx, { app: appOf(res), code, redirectUri, codeVerifier })
  if (!issued) throw new TokenError('The code is invalid, expired, used or of another app.', 'invalid_grant')
  return issued
})

exchange('client_credentials', async (req, res) => {
  const app = appOf(res)
  const asked = parseScopes(textOf(req.body as Params, 'scope') ?? 'read')
  if (!asked.every((scope) => isScope(scope) && grants(app.scopes, scope)))
    throw new TokenError('The requested scope is invalid, unknown, or malformed.', 'invalid_scope')
  return issueToken(ctx, { appId: app.id, userId: null, scopes: asked })
})

const requireGrantType: RequestHandler = (req, _res, next) => {
  if (textOf(req.body as Params, 'grant_type')) return next()
  throw new TokenError('Missing required parameter: grant_type.', 'invalid_request')
}

const revoke: RequestHandler = async (req, res) => {
  const token = textOf(req.body as Params, 'token')
  if (!token) throw new Forbidden('You are not authorized to revoke this token')
  await revokeToken(ctx, { app: appOf(res), token })
  res.json({})
}

const introspect: RequestHandler = async (req, res) => {
  const found = await describeToken(textOf(req.body as Params, 'token') ?? '')
  res.json(introspectionJson(found, appOf(res).clientId))
}

const statuses: Record<string, number> = { invalid_client: 401, unauthorized_client: 403 }

// The shape of RFC 6749, not the one of the API; too many calls and failures of ours are told as everywhere.
const answerProblems: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof Forbidden) {
    res.status(403).json({ error: 'unauthorized_client', error_description: error.message })
  } else if (error instanceof TokenError) {
    const status = statuses[error.code] ?? 400
    if (status === 401) res.set('WWW-Authenticate', 'Basic realm="Kith"')
    res.status(status).json({ error: error.code, error_description: error.message })
  } else if (statusOf(error) === 400) {
    res.status(400).json({ error: 'invalid_request', error_description: 'The request could not be read.' })
  } else next(error)
}

/** Where apps get and give back tokens (OAUTH-18 to OAUTH-27), in any encoding of the body. */
export const oauthEndpoints = Router()
  .post(
    '/oauth/token',
    readBody,
    authenticateClient,
    requireGrantType,
    oauthServer.token() as unknown as RequestHandler,
  )
  .post('/oauth/revoke', readBody, authenticateClient, revoke)
  .post('/oauth/introspect', readBody, authenticateClient, introspect)
  .use(['/oauth/token', '/oauth/revoke', '/oauth/introspect'], answerProblems)
