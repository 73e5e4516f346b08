import type { CreationAttributes } from 'sequelize'
import type { TxCtx } from '../ctx.ts'
import { emit } from '#platform/facts'
import { countFollow } from './count-follow.ts'
import { Follow } from './follow.model.ts'
import { pairOf } from './follow-pair.ts'

/** Writes a follow that was checked, or the request for it: row, counters, fact. The caller holds the pair. */
export async function recordFollow(ctx: TxCtx, values: CreationAttributes<Follow>): Promise<void> {
  const follow = await Follow.create(values, { transaction: ctx.tx })
  if (values.state === 'accepted') await tellAndCount(ctx, follow)
  else await emit(ctx, 'follow.requested', pairOf(follow))
}

/** Makes a waiting request a follow. */
export async function recordAcceptance(ctx: TxCtx, follow: Follow): Promise<void> {
  await follow.update({ state: 'accepted' }, { transaction: ctx.tx })
  await tellAndCount(ctx, follow)
}

async function tellAndCount(ctx: TxCtx, follow: Follow): Promise<void> {
  await emit(ctx, 'follow.accepted', pairOf(follow))
  await countFollow(ctx, follow, 1)
}
