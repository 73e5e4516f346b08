import { doubleCsrf } from 'csrf-csrf'
import type { Request, RequestHandler, Response } from 'express'
import { instance } from '#config/instance'
import { secretFor } from '#platform/secrets'
import { Refused } from '../middleware/answer-errors.ts'
import { paramsOf } from '../middleware/read-body.ts'
import { cookies } from './cookies.ts'

const csrf = doubleCsrf({
  getSecret: () => secretFor('forms').toString('base64url'),
  // Visitors have no session; their token is bound to the cookie alone, which other sites cannot set.
  getSessionIdentifier: (req) => (req.user ? req.sessionID : 'visitor'),
  cookieName: cookies.form,
  cookieOptions: cookies.options,
  getCsrfTokenFromRequest: (req) => {
    // Scripts of our own pages send it as a header.
    const token = paramsOf(req)._csrf ?? req.headers['x-csrf-token']
    return typeof token === 'string' ? token : undefined
  },
})

/** The token that forms of this visitor have to bring back. */
export const formToken = (req: Request, res: Response): string => csrf.generateCsrfToken(req, res)

/** Reads the cookies of a request for the guard. */
export const readCookies: RequestHandler = (req, _res, next) => {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.split('='))
  req.cookies = Object.fromEntries(
    pairs.map(([name = '', ...value]) => [name.trim(), value.join('=').trim()]),
  )
  next()
}

/**
 * Refuses a form that does not come from a page of this instance: by what the browser says of its origin, and by the
 * token that only our pages know (HOLLO-0.8.5-d). Its body must have been read.
 */
export const guardForms: RequestHandler = (req, _res, next) => {
  if (!isOwn(req) || !csrf.validateRequest(req))
    throw new Refused(403, 'This form is too old or came from another site. Go back, reload and try again.')
  next()
}

function isOwn({ headers }: Request): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (headers.origin === undefined) return true
  return headers.origin === instance.origin || URL.parse(headers.origin)?.host === headers.host
}
