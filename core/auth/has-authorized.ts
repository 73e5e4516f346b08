import type { Ctx } from '../ctx.ts'
import { Op } from 'sequelize'
import type { Id } from '#platform/ids'
import { OauthToken } from './oauth-token.model.ts'
import { scopesFor } from './scopes.ts'

/**
 * Has the member who asks allowed this app all of these scopes before, and not taken it back (OAUTH-15)? Scopes of
 * staff are asked for every time (threats T6).
 */
export async function hasAuthorized(ctx: Ctx, appId: Id, asked: readonly string[]): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false
  const scopes = scopesFor(ctx.actor.role, asked)
  if (scopes.some((scope) => scope.startsWith('admin:'))) return false
  const found = await OauthToken.findOne({
    where: { appId, userId: ctx.actor.userId, revokedAt: null, scopes: { [Op.contains]: scopes } },
  })
  return found !== null
}
