import type { Request, Response } from 'express'
import { pageHeaders } from '#server/pages/headers'
import { errorPage } from '#server/pages/views/error'
import { siteAsLastSeen } from '#server/pages/visit'

const machines =
  /^\/(?:api|\.well-known|nodeinfo|inbox|media|media_proxy|oauth\/(?:token|revoke|introspect|userinfo))(?:\/|$)/

/** Would somebody look at the answer to this request? Programs that ask for no kind in particular get JSON. */
export const isForPeople = (req: Request): boolean =>
  !machines.test(req.path) && req.accepts(['json', 'html']) === 'html'

/** Says in plain words what went wrong, with the status that is set already. */
export function sendErrorPage(req: Request, res: Response): void {
  pageHeaders(req, res, () => {
    const requestId = (res.locals.requestId as string | undefined) ?? null
    res.set('Cache-Control', 'no-store').vary('Accept').type('html')
    res.send(errorPage(siteAsLastSeen(res), { status: res.statusCode, requestId }))
  })
}
