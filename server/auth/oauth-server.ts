import { callbackify } from 'node:util'
import type { Request, RequestHandler, Response } from 'express'
import oauth2orize, { type OAuth2, type OAuth2Req, type ValidateDoneFunction } from 'oauth2orize'
import pkce from 'oauth2orize-pkce'
import type { Person } from '#core/auth/auth.queries'
import { authorizeApp } from '#core/auth/authorize-app'
import { hasAuthorized } from '#core/auth/has-authorized'
import type { OauthApp } from '#core/auth/oauth-app.model'
import type { Ctx } from '#core/ctx'
import { remote } from '#federation/remote'
import { paramsOf } from '../middleware/read-body.ts'
import { answerApp } from './answer-app.ts'
import { type AuthorizationRequest, checkRequest, scopesOf } from './authorization-request.ts'
import { transactions } from './oauth-transactions.ts'

/** The OAuth 2 server: authorization codes for members' apps, tokens for codes and for apps themselves. */
export const oauthServer = oauth2orize.createServer<OauthApp, Person>({ store: transactions })

const ctxOf = ({ userId, accountId, role }: Person): Ctx => ({
  actor: { kind: 'person', userId, accountId, role },
  remote,
})

const answer = (txn: OAuth2<OauthApp>, res: unknown, fields: Record<string, unknown>) =>
  answerApp(txn, res as Response, fields)
// The types know one of the three modes of the library.
const modes = { query: answer, fragment: answer, form_post: answer }

// The library tells by the number of parameters what to hand over: the challenge is in the fifth of seven.
oauthServer.grant(
  oauth2orize.grant.code<OauthApp, Person>(
    { modes },
    (app, redirectUri, person, _decision, request: OAuth2Req, _locals: unknown, done) => {
      const asked = request as unknown as AuthorizationRequest
      const codeChallenge = asked.codeChallenge ?? null
      const grant = { app, redirectUri, scopes: scopesOf(asked), codeChallenge }
      callbackify(authorizeApp)(ctxOf(person), grant, done)
    },
  ),
)
oauthServer.grant(pkce.extensions())
oauthServer.grant('*', ((req: Request) => {
  const { response_mode: responseMode, force_login: forceLogin } = req.query
  return {
    responseMode,
    forceLogin: forceLogin !== undefined && !['', 'false', '0', 'f'].includes(String(forceLogin)),
  }
}) as never)

/**
 * Reads and checks what an app asks for. Answers it at once when the member has allowed the same before (OAUTH-15);
 * else passes on, with the request in `req.oauth2`, so that the member is asked.
 */
export const readAuthorization = oauthServer.authorization(
  (request: OAuth2Req, done: ValidateDoneFunction<OauthApp>) =>
    callbackify(checkRequest)(request as unknown as AuthorizationRequest, (error, checked) =>
      done(error ?? checked.problem ?? null, checked?.app, checked?.redirectUri),
    ),
  (app, person, _scope, _type, request, done) =>
    callbackify(isAllowed)(app, person, request as AuthorizationRequest, (error, allowed) =>
      done(error, allowed, undefined, undefined),
    ),
) as unknown as RequestHandler

const isAllowed = async (app: OauthApp, person: Person | undefined, asked: AuthorizationRequest) =>
  person !== undefined && !asked.forceLogin && (await hasAuthorized(ctxOf(person), app.id, scopesOf(asked)))

/** Takes the member's decision and answers the app (OAUTH-12, OAUTH-13). */
export const takeDecision = oauthServer.decision((req, done) =>
  done(null, { allow: paramsOf(req as unknown as Request).decision === 'approve' }),
) as unknown as RequestHandler[]
