import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { secret } from '#platform/ids'
import { hashOf } from './find-token.ts'
import { OauthApp } from './oauth-app.model.ts'
import { isScope } from './scopes.ts'

export type NewApp = { name: string; redirectUris: string[]; scopes: string[]; website: string | null }

const NAME = 60
const URI = 2000
const URIS = 20

/** Where a script or a document would run as the answer, not where an answer can go (OAUTH-03, threats T2). */
const unsafe = /^(javascript|data|vbscript|file|blob|about|view-source|filesystem):/i

/**
 * Registers an app and gives it with its secret, which is told this once and kept only as a hash (OAUTH-01 to
 * OAUTH-05). Throws Invalid.
 */
export async function registerApp(ctx: Ctx, draft: NewApp): Promise<{ app: OauthApp; clientSecret: string }> {
  const name = draft.name.trim()
  if (name === '' || [...name].length > NAME) throw new Invalid('Validation failed: Name is invalid')
  const { redirectUris, scopes, website } = draft
  if (redirectUris.length === 0 || redirectUris.length > URIS || !redirectUris.every(isRedirectUri))
    throw new Invalid('Validation failed: Redirect URI must be an absolute URI')
  if (!scopes.every(isScope)) throw new Invalid('Validation failed: Scopes do not match those of this server')
  if (website !== null && !isWebsite(website)) throw new Invalid('Validation failed: Website is invalid')
  const clientSecret = secret()
  const app = await OauthApp.create(
    {
      clientId: secret(),
      secretHash: hashOf(clientSecret),
      name,
      website,
      redirectUris,
      scopes: scopes.length > 0 ? scopes : ['read'],
    },
    { transaction: ctx.tx ?? null },
  )
  return { app, clientSecret }
}

// Any scheme will do, also one of the app's own; an answer cannot be added after a fragment.
function isRedirectUri(uri: string): boolean {
  if (uri.length > URI || !/^[a-z][a-z0-9+.-]*:[^\s\p{C}#]+$/iu.test(uri) || unsafe.test(uri)) return false
  return /^https?:/i.test(uri) ? isWebsite(uri) : true
}

function isWebsite(text: string): boolean {
  const url = URL.parse(text)
  return text.length <= URI && url !== null && /^https?:$/.test(url.protocol) && url.username === ''
}
