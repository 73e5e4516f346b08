import type { Ctx } from '../ctx.ts'
import { Forbidden, Invalid } from '#platform/errors'
import { findUser } from './find-user.ts'
import { type IssuedToken, issueToken } from './issue-token.ts'
import { OauthApp } from './oauth-app.model.ts'
import { registerApp } from './register-app.ts'
import { isScope, scopesFor } from './scopes.ts'

const app = {
  name: 'Kith command line',
  redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
  scopes: ['read', 'write', 'follow', 'push', 'profile', 'admin:read', 'admin:write'],
  website: null,
}

/** Makes a token with which a program acts for a member. Operators only. Throws NotFound and Invalid. */
export async function createToken(
  ctx: Ctx,
  { username, scopes }: { username: string; scopes: string[] },
): Promise<IssuedToken> {
  if (ctx.actor.kind !== 'operator') throw new Forbidden()
  const strange = scopes.find((scope) => !isScope(scope))
  if (strange || scopes.length === 0) throw new Invalid(`There is no scope called ${strange ?? '""'}.`)
  const user = await findUser(ctx, { username })
  const own = (await OauthApp.findOne({ where: { name: app.name } })) ?? (await registerApp(ctx, app)).app
  return issueToken(ctx, { appId: own.id, userId: user.id, scopes: scopesFor(user.role, scopes) })
}
