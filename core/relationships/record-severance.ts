import type { CreationAttributes } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { Severance } from './severance.model.ts'

/** Writes down what relations a member lost at once, so that they are told; nothing when there were none. */
export const recordSeverance = (ctx: Ctx, draft: CreationAttributes<Severance>): Promise<void> =>
  transact(ctx, async (ctx) => {
    if (draft.followersCount + draft.followingCount === 0) return
    const { id: severanceId, accountId } = await Severance.create(draft, { transaction: ctx.tx })
    await emit(ctx, 'relationships.severed', { severanceId, accountId })
  })
