import type { Ctx } from '../ctx.ts'
import { inSeconds } from '#platform/clock'
import { Forbidden } from '#platform/errors'
import { secret } from '#platform/ids'
import { hashOf } from './find-token.ts'
import type { OauthApp } from './oauth-app.model.ts'
import { OauthCode } from './oauth-code.model.ts'
import { scopesFor } from './scopes.ts'

const LIFETIME = 600

export type Grant = {
  app: OauthApp
  redirectUri: string
  scopes: readonly string[]
  /** Of the S256 kind (OAUTH-17). */
  codeChallenge: string | null
}

/**
 * Lets an app act for the member who asks, and gives the code that it exchanges for a token: bound to app, member,
 * redirect URI and challenge, for ten minutes and one use (OAUTH-12, OAUTH-19).
 */
export async function authorizeApp(ctx: Ctx, grant: Grant): Promise<string> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const code = secret()
  await OauthCode.create(
    {
      codeHash: hashOf(code),
      appId: grant.app.id,
      userId: ctx.actor.userId,
      redirectUri: grant.redirectUri,
      scopes: scopesFor(ctx.actor.role, grant.scopes),
      codeChallenge: grant.codeChallenge,
      expiresAt: inSeconds(LIFETIME),
    },
    { transaction: ctx.tx ?? null },
  )
  return code
}
