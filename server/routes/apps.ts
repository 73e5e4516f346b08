import { z } from 'zod'
import { OauthApp } from '#core/auth/oauth-app.model'
import { registerApp } from '#core/auth/register-app'
import { parseScopes } from '#core/auth/scopes'
import type { Actor } from '#core/actor'
import { NotFound } from '#platform/errors'
import { text, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { applicationJson, credentialApplicationJson } from '../serializers/application.ts'

const newApp = z.looseObject({
  client_name: text(),
  redirect_uris: texts(),
  scopes: texts(),
  website: text(),
})

const appIdOf = (actor: Actor): string => ('appId' in actor ? (actor.appId ?? '') : '')

export default routes('/api/v1/apps', (r) => {
  r.post(
    '/',
    { access: 'none', input: newApp, limit: 'apps', answers: 'CredentialApplication' },
    async (ctx, { client_name: name = '', redirect_uris: uris, scopes, website }) => {
      // One URI, several of them line by line, or a list (OAUTH-02).
      const redirectUris = uris.flatMap((each) => each.split(/\s+/)).filter(Boolean)
      const draft = { name, redirectUris, scopes: parseScopes(scopes), website: website?.trim() || null }
      const { app, clientSecret } = await registerApp(ctx, draft)
      return credentialApplicationJson(app, clientSecret)
    },
  )

  r.get('/verify_credentials', { access: 'app', answers: 'Application' }, async ({ actor }) => {
    const app = await OauthApp.findByPk(appIdOf(actor))
    if (!app) throw new NotFound()
    return applicationJson(app)
  })
})
