import type { Request, RequestHandler, Response } from 'express'
import { OauthApp } from '#core/auth/oauth-app.model'
import { Invalid } from '#platform/errors'
import { cookies } from '#server/auth/cookies'
import { ownPath } from '#server/auth/own-path'
import { passport } from '#server/auth/passport'
import { step } from '#server/auth/step'
import { paramsOf } from '#server/middleware/read-body'
import { allowFormsTo } from '#server/pages/headers'
import { pages } from '#server/pages/pages'
import { paths } from '#server/pages/paths'
import { refusal, textsOf } from '#server/pages/refusals'
import { type LogInView, logInPage } from '#server/pages/views/log-in'
import type { Visit } from '#server/pages/visit'
import { words } from '#server/pages/words'

// Six months: how long a session lasts at most. It ends sooner when it is not used.
const LASTING = 180 * 86_400_000

/** The app on the way to whose consent page somebody logs in (OAUTH-11); the form may then end at its address. */
async function appBehind({ res, site }: Visit, next: string | undefined): Promise<string | null> {
  const url = next ? new URL(next, site.origin) : undefined
  if (url?.pathname !== paths.authorize) return null
  const app = await OauthApp.findOne({ where: { clientId: url.searchParams.get('client_id') ?? '' } })
  const uri = url.searchParams.get('redirect_uri') ?? ''
  if (app?.redirectUris.includes(uri)) allowFormsTo(res, uri)
  return app?.name ?? null
}

async function page(visit: Visit, given: unknown, more: Partial<LogInView> = {}): Promise<string> {
  const next = ownPath(given)
  return logInPage(visit.site, { next: next ?? null, app: await appBehind(visit, next), ...more })
}

async function open(req: Request, res: Response, remember: boolean): Promise<void> {
  await step(passport.authenticate('local', { failWithError: true }) as RequestHandler, req, res)
  const userAgent = req.headers['user-agent']?.slice(0, 300)
  Object.assign(req.session, { remember, ip: req.ip, ...(userAgent ? { userAgent } : {}) })
  if (remember) req.session.cookie.maxAge = LASTING
}

export default pages((r) => {
  r.get(paths.logIn, async (visit) => {
    const { next, done } = visit.req.query
    const notice = done === 'reset' ? { notice: words.password.wasReset } : {}
    if (!visit.site.viewer) return page(visit, next, notice)
    visit.res.redirect(ownPath(next) ?? paths.settings)
    return undefined
  })

  r.post(paths.logIn, async (visit) => {
    const { req, res } = visit
    const params = paramsOf(req)
    const { identifier, password, next } = textsOf(params, 'identifier', 'password', 'next')
    req.body = { identifier, password }
    try {
      if (!identifier || !password) throw new Invalid('The address or the password is wrong')
      await open(req, res, Boolean(params.remember))
    } catch (error) {
      return page(visit, next, { values: { identifier }, errors: refusal(visit, error) })
    }
    res.redirect(303, ownPath(next) ?? paths.settings)
    return undefined
  })

  r.post(paths.logOut, async ({ req, res }) => {
    await new Promise((resolve) => req.session.destroy(resolve))
    for (const name of [cookies.session, cookies.form]) res.clearCookie(name, cookies.options)
    res.set('Clear-Site-Data', '"cache", "storage"').redirect(303, paths.home)
    return undefined
  })
})
