import type { OauthApp } from '#core/auth/oauth-app.model'
import { vapidKeys } from '#platform/vapid'

/** An app as everybody with its token sees it: without what it proves itself by (OAUTH-30). */
export const applicationJson = (app: OauthApp) => ({
  id: app.id,
  name: app.name,
  website: app.website,
  scopes: app.scopes,
  redirect_uris: app.redirectUris,
  redirect_uri: app.redirectUris.join('\n'),
  vapid_key: vapidKeys().publicKey,
})

/** An app as it sees itself once, when it is registered (OAUTH-01, OAUTH-02). */
export const credentialApplicationJson = (app: OauthApp, clientSecret: string) => ({
  ...applicationJson(app),
  client_id: app.clientId,
  client_secret: clientSecret,
  client_secret_expires_at: 0,
})
