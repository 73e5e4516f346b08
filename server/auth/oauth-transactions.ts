import { callbackify } from 'node:util'
import type { Request } from 'express'
import type { OAuth2 } from 'oauth2orize'
import { OauthApp } from '#core/auth/oauth-app.model'
import { Forbidden } from '#platform/errors'
import { type Id, secret } from '#platform/ids'
import { paramsOf } from '../middleware/read-body.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** A request on whose consent page somebody is. */
type Pending = { appId: Id; asked: AuthorizationRequest }

declare module 'express-session' {
  interface SessionData {
    authorizations?: Record<string, Pending>
  }
}

const MOST = 5

type Done<T = unknown> = (error: unknown, result?: T) => void
type Txn = OAuth2<OauthApp>

/**
 * Keeps what apps ask for in the session while the member decides, the last five of them: the decision needs only
 * the number, so nothing of the request can be changed on its way through the form.
 */
export const transactions = {
  store(req: Request, txn: Txn, done: Done<string>): void {
    if (!req.user) return done(null, '')
    const id = secret(12)
    const asked = txn.req as unknown as AuthorizationRequest
    const kept = Object.entries(req.session.authorizations ?? {}).slice(1 - MOST)
    req.session.authorizations = { ...Object.fromEntries(kept), [id]: { appId: txn.client.id, asked } }
    done(null, id)
  },

  load(req: Request, done: Done): void {
    callbackify(find)(req, done)
  },

  remove(req: Request, id: string, done: Done): void {
    delete req.session.authorizations?.[id]
    done(null)
  },
}

async function find(req: Request) {
  const { transaction_id: id } = paramsOf(req)
  const all = req.session.authorizations ?? {}
  const pending = typeof id === 'string' && Object.hasOwn(all, id) ? all[id] : undefined
  const client = pending && (await OauthApp.findByPk(pending.appId))
  if (!pending || !client)
    throw new Forbidden('This question was answered already. Go back to the app and try again.')
  return { transactionID: id, client, redirectURI: pending.asked.redirectURI, req: pending.asked }
}
