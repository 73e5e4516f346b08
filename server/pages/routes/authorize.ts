import type { Request } from 'express'
import { AuthorizationError, type OAuth2 } from 'oauth2orize'
import { hashOf } from '#core/auth/find-token'
import { OauthApp } from '#core/auth/oauth-app.model'
import { OauthCode } from '#core/auth/oauth-code.model'
import { answerApp, codePath, outOfBand } from '#server/auth/answer-app'
import { type AuthorizationRequest, checkRequest, scopesOf } from '#server/auth/authorization-request'
import { textOf } from '#server/auth/app-credentials'
import { readAuthorization, takeDecision } from '#server/auth/oauth-server'
import { step } from '#server/auth/step'
import { paramsOf } from '#server/middleware/read-body'
import { allowFormsTo } from '#server/pages/headers'
import { pages } from '#server/pages/pages'
import { paths } from '#server/pages/paths'
import { logInPath } from '#server/pages/person-only'
import { codePage } from '#server/pages/views/code'
import { consentPage } from '#server/pages/views/consent'
import { errorPage } from '#server/pages/views/error'
import type { Visit } from '#server/pages/visit'

type Asking = Request & { oauth2?: OAuth2<OauthApp> }

/** Where the answer goes, in words for the member: a host, the scheme of an app, or null for a code to copy. */
function hostOf(uri: string): string | null {
  if (uri === outOfBand) return null
  const url = URL.parse(uri)
  return url?.host || uri.slice(0, uri.indexOf(':'))
}

function askMember({ site, req, res }: Visit): string {
  const { client: app, redirectURI, transactionID, req: request } = (req as Asking).oauth2!
  allowFormsTo(res, redirectURI)
  return consentPage(site, {
    app: { name: app.name, website: app.website },
    scopes: scopesOf(request as unknown as AuthorizationRequest),
    redirectHost: hostOf(redirectURI),
    hidden: { transaction_id: transactionID },
  })
}

// A problem is told to the app, unless it is not certain who the app is: then the member sees it (OAUTH-04).
function tellProblem({ site, req, res }: Visit, error: unknown): string | undefined {
  const { oauth2 } = req as Asking
  if (!(error instanceof AuthorizationError)) throw error
  if (oauth2?.redirectURI) {
    answerApp(oauth2, res, { error: error.code, error_description: error.message, ...stateOf(oauth2) })
    return undefined
  }
  res.status(400)
  return errorPage(site, { status: 400, text: error.message, requestId: null })
}

const stateOf = ({ req }: OAuth2<OauthApp>) => (typeof req.state === 'string' ? { state: req.state } : {})

const problem = (visit: Visit, status: number, text: string): string => {
  visit.res.status(status)
  return errorPage(visit.site, { status, text, requestId: null })
}

/** Tells an app that the member did not allow it, without the question having been asked (OAUTH-13). */
async function refuseApp(visit: Visit): Promise<string | undefined> {
  const { req, res, site } = visit
  if (!site.viewer) return problem(visit, 401, 'You are not logged in any more.')
  const params = paramsOf(req)
  const [clientID = '', redirectURI, state] = ['client_id', 'redirect_uri', 'state'].map((name) =>
    textOf(params, name),
  )
  const { app, redirectUri } = await checkRequest({
    type: 'code',
    clientID,
    ...(redirectURI ? { redirectURI } : {}),
  })
  if (!app || !redirectUri) return problem(visit, 400, 'There is no such app, or it has no such address.')
  const answer = { error: 'access_denied', ...(state ? { state } : {}) }
  answerApp({ client: app, redirectURI: redirectUri, req: {} as never }, res, answer)
  return undefined
}

export default pages((r) => {
  r.get(paths.authorize, async (visit) => {
    const { req, res, site } = visit
    res.set('Cache-Control', 'private, no-store')
    const names = [...new URL(req.originalUrl, site.origin).searchParams.keys()]
    if (new Set(names).size < names.length)
      return problem(visit, 400, 'The app has asked in two ways at once.')
    try {
      await step(readAuthorization, req, res)
    } catch (error) {
      return tellProblem(visit, error)
    }
    if (res.headersSent) return undefined
    if (site.viewer) return askMember(visit)
    res.redirect(logInPath(req.originalUrl))
    return undefined
  })

  r.post(paths.authorize, async (visit) => {
    const { req, res } = visit
    if (!visit.site.viewer) return problem(visit, 401, 'You are not logged in any more.')
    req.body ||= {}
    for (const middleware of takeDecision) await step(middleware, req, res)
    return undefined
  })

  r.delete(paths.authorize, refuseApp)

  r.get(codePath, async (visit) => {
    const { req, res, site, ctx } = visit
    const code = await OauthCode.findByPk(hashOf(String(req.query.code ?? '')))
    if (req.query.error) return problem(visit, 403, 'You did not allow it, and the app was told nothing.')
    const isOwn = ctx.actor.kind === 'person' && code?.userId === ctx.actor.userId
    const app = isOwn ? await OauthApp.findByPk(code.appId) : null
    if (!app) return problem(visit, 404, 'There is no such code. Go back to the app and try again.')
    res.set('Referrer-Policy', 'no-referrer')
    return codePage(site, { app: app.name, code: String(req.query.code) })
  })
})
