import { instance } from '#config/instance'
import { actingId } from '#core/actor'
import { allScopes } from '#core/auth/scopes'
import type { Ctx } from '#core/ctx'
import { describeToken } from '#core/auth/describe-token'
import { issuer } from '../auth/answer-app.ts'
import { responseModes } from '../auth/authorization-request.ts'
import { routes } from '../routes.ts'
import { oneAccountJson } from '../serializers/account.ts'
import { tokenInfoJson } from '../serializers/token.ts'
import { Refused } from '../middleware/answer-errors.ts'

const { origin } = instance

const metadata = {
  issuer,
  authorization_endpoint: `${origin}/oauth/authorize`,
  token_endpoint: `${origin}/oauth/token`,
  revocation_endpoint: `${origin}/oauth/revoke`,
  introspection_endpoint: `${origin}/oauth/introspect`,
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
  const discovery = { access: 'none', answers: 'OAuthServerMetadata' } as const
  r.get('/.well-known/oauth-authorization-server', discovery, async () => metadata)
  r.get(
    '/oauth/token/info',
    { access: 'app', unconfirmed: true, answers: 'OAuthTokenInfo' },
    async (_ctx, _input, { token = '' }) => {
      const found = await describeToken(token)
      if (!found) throw new Refused(401, 'The access token is invalid')
      return tokenInfoJson(found)
    },
  )
  const terms = { scopes: ['profile'], answers: 'OAuthUserinfo' }
  r.get('/oauth/userinfo', terms, userinfo)
  r.post('/oauth/userinfo', terms, userinfo)
})
