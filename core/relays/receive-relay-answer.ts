import { Op } from 'sequelize'
import type { Account } from '../accounts/account.model.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { transact } from '#platform/transact'
import { Relay } from './relay.model.ts'
import { speaksFor } from './relay.policy.ts'

type Answer = {
  account: Account
  /** The id of the Follow that it answers; some relays leave it out. */
  followUri: string | undefined
  isAccepted: boolean
}

/**
 * A relay takes this instance in, or refuses it, or ends what was (federation rule 67). Who answers first for a Mastodon-style
 * one speaks for it from then on. What nobody asked for, or was refused before, changes nothing (rule 68). Gives whether
 * there is such a relay.
 */
export const receiveRelayAnswer = (ctx: Ctx, { account, followUri, isAccepted }: Answer): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    const inboxUrl = account.inboxUrl ?? ''
    const where = followUri
      ? { followUri }
      : { [Op.or]: [{ accountId: account.id }, { accountId: null, inboxUrl }] }
    const relay = await Relay.findOne({ where, transaction, lock: true })
    if (!relay || !speaksFor(relay, account)) return false
    if (relay.state === 'rejected' || (isAccepted && relay.state === 'accepted')) return true
    await relay.update(
      {
        state: isAccepted ? 'accepted' : 'rejected',
        accountId: account.id,
        answeredAt: now(),
        lastProblem: isAccepted ? null : 'it refused to take this instance in, or threw it out',
      },
      { transaction },
    )
    return true
  })
