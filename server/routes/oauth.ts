import { instance } from '#config/instance'
import { actingId } from '#core/actor'
import { allScopes } from '#core/auth/scopes'
import type { Ctx } from '#core/ctx'
import { issuer } from '../auth/answer-app.ts'
import { responseModes } from '../auth/authorization-request.ts'
import { routes } from '../routes.ts'
import { oneAccountJson } from '../serializers/account.ts'

const { origin } = instance

const metadata = {
  issuer,
  authorization_endpoint: `${origin}/oauth/authorize`,
  token_endpoint: `${origin}/oauth/token`,
  revocation_endpoint: `${origin}/oauth/revoke`,
  userinfo_endpoint: `${origin}/oauth/userinfo`,
  app_registration_endpoint: `${origin}/api/v1/apps`,
  scopes_supported: allScopes,
  response_types_supported: ['code'],
  response_modes_supported: responseModes,
  grant_types_supported: ['authorization_code', 'client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  service_documentation: `${origin}/about`,
}

// Who somebody is, for apps that only want to know that (OAUTH-29).
async function userinfo(ctx: Ctx) {
  const account = await oneAccountJson(ctx, actingId(ctx))
  return {
    iss: issuer,
    sub: account.uri,
    name: account.display_name || account.username,
    preferred_username: account.username,
    profile: account.url,
    picture: account.avatar,
  }
}

export default routes('', (r) => {
  r.get('/.well-known/oauth-authorization-server', { access: 'none' }, async () => metadata)
  const terms = { scopes: ['profile'], answers: 'OAuthUserinfo' }
  r.get('/oauth/userinfo', terms, userinfo)
  r.post('/oauth/userinfo', terms, userinfo)
})
