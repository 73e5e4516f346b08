import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { Ctx } from '../ctx.ts'
import { changeAccess } from './access.ts'
import { OauthCode } from './oauth-code.model.ts'
import { OauthToken } from './oauth-token.model.ts'

/**
 * Revokes all tokens of a user, those of one app when it is named, and the codes on their way to one (OAUTH-26).
 * Gives how many tokens.
 */
export const revokeTokens = (ctx: Ctx, { userId, appId }: { userId: Id; appId?: Id }): Promise<number> =>
  transact(ctx, async (ctx) => {
    const where = { userId, ...(appId ? { appId } : {}) }
    await OauthCode.destroy({ where, transaction: ctx.tx })
    const [, revoked] = await OauthToken.update(
      { revokedAt: now() },
      { where: { ...where, revokedAt: null }, returning: true, transaction: ctx.tx },
    )
    const tokenIds = revoked.map(({ id }) => id)
    if (tokenIds.length > 0) await changeAccess(ctx, { tokenIds, isOver: true })
    return tokenIds.length
  })
