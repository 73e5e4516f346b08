import { Op } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { Session } from './session.model.ts'

/** Ends the sessions of a user: all, all `except` one, or `only` one. Gives how many. */
export const endSessions = (
  ctx: Ctx,
  { userId, except, only }: { userId: Id; except?: Id | undefined; only?: Id },
): Promise<number> =>
  Session.destroy({
    where: {
      [Op.and]: [{ userId }, except ? { id: { [Op.ne]: except } } : {}, only ? { id: only } : {}],
    },
    transaction: ctx.tx ?? null,
  })
