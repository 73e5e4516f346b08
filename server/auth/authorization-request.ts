import { AuthorizationError } from 'oauth2orize'
import { OauthApp } from '#core/auth/oauth-app.model'
import { grants, isScope, parseScopes } from '#core/auth/scopes'

/** What an app asks for, as the library has read it. */
export type AuthorizationRequest = {
  type: string
  clientID: string
  redirectURI?: string
  scope?: string[]
  state?: string
  codeChallenge?: string
  codeChallengeMethod?: string
  responseMode?: string
  forceLogin?: boolean
}

export const responseModes: readonly string[] = ['query', 'fragment', 'form_post']

/** The scopes asked for; `read` when none are named. */
export const scopesOf = ({ scope }: AuthorizationRequest): string[] => {
  const asked = parseScopes(scope ?? [])
  return asked.length > 0 ? asked : ['read']
}

type Checked = { app?: OauthApp; redirectUri?: string; problem?: AuthorizationError }

const problem = (text: string, code: string) => ({
  problem: new AuthorizationError(text, code, undefined, 400),
})

/**
 * Checks a request against the app it comes from. Without a redirect URI in the answer the app cannot be told of a
 * problem, because where it wants to be told is not one of its own addresses (OAUTH-04).
 */
export async function checkRequest(asked: AuthorizationRequest): Promise<Checked> {
  const app = await OauthApp.findOne({ where: { clientId: asked.clientID } })
  if (!app) return problem('This app is not known here. It may have to be set up again.', 'invalid_client')
  const { redirectURI: redirectUri } = asked
  if (typeof redirectUri !== 'string' || !app.redirectUris.includes(redirectUri))
    return problem(
      'The app wants to be answered at an address that it did not name before.',
      'invalid_request',
    )
  return { app, redirectUri, ...problemOf(asked, app) }
}

function problemOf(asked: AuthorizationRequest, app: OauthApp): Checked {
  const { type, codeChallenge, codeChallengeMethod, responseMode, state } = asked
  if (type !== 'code') return problem('Only codes are given out', 'unsupported_response_type')
  if (responseMode !== undefined && !responseModes.includes(responseMode))
    return problem('The response mode is not supported', 'invalid_request')
  if (state !== undefined && typeof state !== 'string') return problem('State is no text', 'invalid_request')
  if (!scopesOf(asked).every((scope) => isScope(scope) && grants(app.scopes, scope)))
    return problem('The requested scope is invalid, unknown, or malformed.', 'invalid_scope')
  if (codeChallenge !== undefined && codeChallengeMethod !== 'S256')
    return problem('The code challenge method must be S256.', 'invalid_request')
  if (codeChallenge !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge))
    return problem('The code challenge is malformed.', 'invalid_request')
  return {}
}
