import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { Forbidden } from '#platform/errors'
import { transact } from '#platform/transact'
import { changeAccess } from './access.ts'
import { hashOf } from './find-token.ts'
import type { OauthApp } from './oauth-app.model.ts'
import { OauthToken } from './oauth-token.model.ts'

/**
 * Revokes a token at the wish of the app that has it; one that is unknown is none already (OAUTH-25, OAUTH-26).
 * Throws Forbidden for the token of another app.
 */
export const revokeToken = (ctx: Ctx, { app, token }: { app: OauthApp; token: string }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const found = await OauthToken.findOne({ where: { tokenHash: hashOf(token) }, transaction: ctx.tx })
    if (!found) return
    if (found.appId !== app.id) throw new Forbidden('You are not authorized to revoke this token')
    if (found.revokedAt) return
    await found.update({ revokedAt: now() }, { transaction: ctx.tx })
    await changeAccess(ctx, { tokenIds: [found.id], isOver: true })
  })
