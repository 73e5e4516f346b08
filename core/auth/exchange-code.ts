import { createHash, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { transact } from '#platform/transact'
import { changeAccess } from './access.ts'
import { hashOf } from './find-token.ts'
import { type IssuedToken, issueToken } from './issue-token.ts'
import type { OauthApp } from './oauth-app.model.ts'
import { OauthCode } from './oauth-code.model.ts'
import { OauthToken } from './oauth-token.model.ts'
import { User } from './user.model.ts'

export type Exchange = {
  app: OauthApp
  code: string
  redirectUri: string | undefined
  codeVerifier: string | undefined
}

/**
 * Gives a token for a code, once. Undefined for a code that is unknown, too old, of another app, for another redirect
 * URI, or without the right verifier (OAUTH-17 to OAUTH-19). A second use means that the code was seen by somebody
 * else: it ends the token that the first one gave (OAUTH2-CODE-REUSE).
 */
export const exchangeCode = (ctx: Ctx, exchange: Exchange): Promise<IssuedToken | undefined> =>
  transact(ctx, async (ctx) => {
    const transaction = ctx.tx
    const code = await OauthCode.findByPk(hashOf(exchange.code), {
      transaction,
      lock: transaction.LOCK.UPDATE,
    })
    if (!code || !isFor(code, exchange)) return undefined
    if (code.usedAt) {
      if (code.tokenId) await endToken(ctx, code.tokenId)
      return undefined
    }
    const user = await User.findByPk(code.userId, { transaction })
    if (code.expiresAt <= now() || !user || user.disabledAt) return undefined
    const { appId, userId, scopes } = code
    const issued = await issueToken(ctx, { appId, userId, scopes })
    await code.update({ usedAt: now(), tokenId: issued.id }, { transaction })
    return issued
  })

const isFor = (code: OauthCode, { app, redirectUri, codeVerifier }: Exchange): boolean =>
  code.appId === app.id && code.redirectUri === redirectUri && isProof(code.codeChallenge, codeVerifier)

// Without a challenge no verifier is expected; one that comes all the same proves nothing and is refused (RFC 9700).
function isProof(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const given = createHash('sha256').update(verifier).digest('base64url')
  return given.length === challenge.length && timingSafeEqual(Buffer.from(given), Buffer.from(challenge))
}

async function endToken(ctx: Parameters<typeof changeAccess>[0], id: string): Promise<void> {
  const where = { id, revokedAt: null }
  await OauthToken.update({ revokedAt: now() }, { where, transaction: ctx.tx ?? null })
  await changeAccess(ctx, { tokenIds: [id], isOver: true })
}
