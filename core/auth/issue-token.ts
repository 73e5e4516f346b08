import type { Ctx } from '../ctx.ts'
import { secret } from '#platform/ids'
import { hashOf } from './find-token.ts'
import { OauthToken } from './oauth-token.model.ts'
import type { Id } from '#platform/ids'

/** A token as its app gets it, this once: only the hash is kept. */
export type IssuedToken = { id: Id; token: string; scopes: string[]; createdAt: Date }

/** Gives an app a token: for a member, or for itself without a user (OAUTH-20, OAUTH-22). */
export async function issueToken(
  ctx: Ctx,
  { appId, userId, scopes }: { appId: Id; userId: Id | null; scopes: string[] },
): Promise<IssuedToken> {
  const token = secret()
  const row = await OauthToken.create(
    { tokenHash: hashOf(token), appId, userId, scopes },
    { transaction: ctx.tx ?? null, returning: true },
  )
  return { id: row.id, token, scopes, createdAt: row.createdAt }
}
