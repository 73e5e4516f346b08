import { Op } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Relay } from './relay.model.ts'

/**
 * A LitePub-style relay follows this instance in turn, which is answered each time. Nobody else can follow it: gives
 * whether it was a relay.
 */
export const receiveRelayFollow = (
  ctx: Ctx,
  { accountId, uri }: { accountId: Id; uri: string },
): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    const where = { accountId, state: { [Op.ne]: 'rejected' } }
    const relay = await Relay.findOne({ where, transaction, lock: true })
    const made = relay && (await row<{ id: Id }>(ctx, 'SELECT kith_id() AS id'))
    if (!made) return false
    await relay.update({ followedBackAt: now() }, { transaction })
    await emit(ctx, 'relay.followedBack', { relayId: relay.id, followId: made.id, uri })
    return true
  })
