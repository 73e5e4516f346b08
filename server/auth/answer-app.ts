import type { Response } from 'express'
import type { OAuth2 } from 'oauth2orize'
import { instance } from '#config/instance'
import type { OauthApp } from '#core/auth/oauth-app.model'
import { allowFormsTo } from '../pages/headers.ts'
import { goOnPage } from '../pages/views/go-on.ts'
import { siteAsLastSeen } from '../pages/visit.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** Who gives the codes out, as apps check it (OAUTH-28, RFC 9207). */
export const issuer = `${instance.origin}/`

/** The address of apps that have none: the code is shown for copying (OAUTH-14). */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob'
export const codePath = '/oauth/authorize/native'

type Answer = Record<string, unknown>
type Send = (res: Response, uri: string, fields: Record<string, string>, app: OauthApp) => void

const textOf = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

const send: Record<string, Send> = {
  query: (res, uri, fields) => {
    const glue = uri.includes('?') ? (/[?&]$/.test(uri) ? '' : '&') : '?'
    res.redirect(uri + glue + textOf(fields))
  },
  fragment: (res, uri, fields) => res.redirect(`${uri}#${textOf(fields)}`),
  form_post: (res, uri, fields, app) => {
    allowFormsTo(res, uri)
    res.type('html').send(goOnPage(siteAsLastSeen(res), { app: app.name, action: uri, fields }))
  },
}

/**
 * Answers an app at its redirect URI, in the way it wished (OAUTH-12 to OAUTH-16): a code or an error, the unchanged
 * state, and who answers.
 */
export function answerApp(
  txn: Pick<OAuth2<OauthApp>, 'client' | 'redirectURI' | 'req'>,
  res: Response,
  answer: Answer,
): void {
  const said = Object.entries(answer).map(([name, value]) => [name, String(value)] as const)
  const fields: Record<string, string> = Object.fromEntries(said)
  if (fields.error)
    fields.error_description ??= 'The resource owner or authorization server denied the request.'
  if (txn.redirectURI === outOfBand) return send.query?.(res, codePath, fields, txn.client)
  const mode = (txn.req as unknown as AuthorizationRequest).responseMode ?? 'query'
  const by = send[mode] ?? send.query
  by?.(res, txn.redirectURI, { ...fields, iss: issuer }, txn.client)
}
