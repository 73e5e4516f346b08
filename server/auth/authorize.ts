import type { Request, Response } from 'express'
import { type Bearer, findToken } from '#core/auth/find-token'
import { grantsAny } from '#core/auth/scopes'
import type { Actor } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { remote } from '#federation/remote'
import { Forbidden } from '#platform/errors'
import { Refused } from '../middleware/answer-errors.ts'
import { tokenOf } from '../middleware/read-body.ts'
import { visitorOf } from '../pages/visit.ts'
import type { Route } from '../routes.ts'

const challenge = (text: string) => ({
  'WWW-Authenticate': `Bearer realm="Kith", error="invalid_token", error_description="${text}"`,
})
const unauthorized = (text: string) => new Refused(401, text, challenge(text))

/**
 * Finds out who calls and whether this route is open to them. Throws 401, 403 or 422 as ERR-02 to ERR-07 say.
 * Answers for members are never cached (HTTP-18).
 */
export async function authorize(req: Request, res: Response, route: Route): Promise<Ctx> {
  if (route.access === 'session') return admitBrowser(res)
  const token = route.access === 'none' ? undefined : tokenOf(req)
  const bearer = token ? await findToken(token) : undefined
  if (bearer?.revokedAt) throw unauthorized('The access token was revoked')
  if (!bearer && route.access !== 'optional' && route.access !== 'none')
    throw unauthorized('The access token is invalid')
  const actor = bearer ? actorOf(bearer) : ({ kind: 'visitor' } as const)
  if (bearer) {
    if (!grantsAny(bearer.scopes, route.scopes))
      throw new Forbidden('This action is outside the authorized scopes')
    if (actor.kind === 'person') assertActive(bearer, route)
    res.set('Cache-Control', 'private, no-store')
  }
  if (route.access === 'user' && actor.kind !== 'person')
    throw new Refused(422, 'This method requires an authenticated user')
  return { actor, remote }
}

function admitBrowser(res: Response): Ctx {
  const { actor } = visitorOf(res)
  if (actor.kind !== 'person') throw new Refused(401, 'This method requires an authenticated user')
  res.set('Cache-Control', 'private, no-store')
  return { actor, remote }
}

function assertActive(bearer: Bearer, route: Route): void {
  if (bearer.suspendedAt || bearer.disabledAt) throw new Forbidden('Your login is currently disabled')
  if (route.unconfirmed) return
  if (!bearer.confirmedAt) throw new Forbidden('Your login is missing a confirmed e-mail address')
  if (!bearer.approvedAt) throw new Forbidden('Your login is currently pending approval')
}

const actorOf = (bearer: Bearer): Actor =>
  bearer.userId && bearer.accountId && bearer.role
    ? {
        kind: 'person',
        userId: bearer.userId,
        accountId: bearer.accountId,
        role: bearer.role,
        appId: bearer.appId,
        tokenId: bearer.tokenId,
        ...(bearer.locale ? { locale: bearer.locale } : {}),
      }
    : { kind: 'visitor', appId: bearer.appId }
