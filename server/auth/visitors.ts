import type { RequestHandler } from 'express'
import session from 'express-session'
import { instance } from '#config/instance'
import type { Person } from '#core/auth/auth.queries'
import { secret } from '#platform/ids'
import { secretFor } from '#platform/secrets'
import { readBody } from '../middleware/read-body.ts'
import { paths } from '../pages/paths.ts'
import { introduce } from '../pages/visit.ts'
import { cookies } from './cookies.ts'
import { formToken, guardForms, readCookies } from './form-guard.ts'
import { passport } from './passport.ts'
import { SessionStore } from './session-store.ts'

const sessions = session({
  name: cookies.session,
  secret: secretFor('sessions').toString('base64url'),
  store: new SessionStore(),
  genid: () => secret(),
  cookie: cookies.options,
  resave: false,
  // Only who logs in gets a session: visitors leave no rows behind.
  saveUninitialized: false,
  proxy: true,
})

// The cookie is only sent over https; that a proxy in front speaks it is what KITH_ORIGIN says, not a header.
const trustOrigin: RequestHandler = (req, _res, next) => {
  if (instance.isSecure) req.headers['x-forwarded-proto'] = 'https'
  next()
}

/** Pages with forms that somebody may send who is not logged in; other pages are the same for all visitors. */
const withForms: ReadonlySet<string> = new Set([
  paths.logIn,
  paths.signUp,
  paths.checkMail,
  paths.resendMail,
  paths.confirm,
  paths.forgotPassword,
  paths.resetPassword,
])

const introduceVisitor: RequestHandler = (req, res, next) => {
  const person = req.user as Person | undefined
  const csrfToken = person || withForms.has(req.path) ? formToken(req, res) : null
  if (!person) {
    introduce(res, { actor: { kind: 'visitor' }, viewer: null, csrfToken })
    return next()
  }
  const { userId, accountId, role, locale, username } = person
  const viewer = { username, handle: `@${username}@${instance.domain}` }
  introduce(res, { actor: { kind: 'person', userId, accountId, role, locale }, viewer, csrfToken })
  next()
}

const known = [trustOrigin, readCookies, sessions, passport.session() as RequestHandler]

const changing = [...known, readBody, guardForms, introduceVisitor]

/** What happens before a page is made: who is looking is found out, and a form must be one of ours. */
export const visitors = {
  get: [...known, introduceVisitor],
  post: changing,
  delete: changing,
}
