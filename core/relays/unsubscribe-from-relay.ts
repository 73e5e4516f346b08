import { Op } from 'sequelize'
import { Account } from '../accounts/account.model.ts'
import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { Relay } from './relay.model.ts'

/**
 * Leaves a relay, by the address that it was asked at or by its inbox; it is told. Throws Forbidden for anybody but staff,
 * NotFound.
 */
export const unsubscribeFromRelay = (ctx: Ctx, { url }: { url: string }): Promise<void> =>
  transact(ctx, async (ctx) => {
    assertRunsInstance(ctx)
    const { tx: transaction } = ctx
    const href = URL.parse(url.trim())?.href ?? url
    const where = { [Op.or]: [{ url: href }, { inboxUrl: href }] }
    const relay = await Relay.findOne({ where, transaction, lock: true })
    if (!relay) throw new NotFound(`There is no relay at ${url}; "kith relays list" shows all.`)
    const { kind, accountId, inboxUrl, followUri } = relay
    const account =
      kind === 'litepub' && accountId ? await Account.findByPk(accountId, { transaction }) : null
    await relay.destroy({ transaction })
    await emit(ctx, 'relay.left', { inboxUrl, followUri, accountUri: account?.uri ?? null })
  })
