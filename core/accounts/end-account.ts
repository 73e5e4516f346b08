import { accountUri } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'
import { Tombstone } from './tombstone.model.ts'

const nothing = {
  displayName: '',
  note: '',
  noteHtml: '',
  fields: [],
  emojis: [],
  avatarId: null,
  headerId: null,
}

/** The ActivityPub type that an account had. */
export const formerType = ({ kind }: Pick<Account, 'kind'>): string =>
  kind.charAt(0).toUpperCase() + kind.slice(1)

/**
 * Ends an account for good: its profile is emptied, its name stays taken, and everything it owned is cleaned up as a
 * consequence. Ending an account that is gone or unknown changes nothing.
 */
export const endAccount = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const transaction = ctx.tx
    const account = await Account.findByPk(accountId, { transaction, lock: transaction.LOCK.UPDATE })
    if (!account || account.goneAt) return
    const uri = accountUri(account)
    await account.update({ ...nothing, goneAt: now(), updatedAt: now() }, { transaction })
    await Tombstone.upsert({ uri, actorUri: uri, formerType: formerType(account) }, { transaction })
    await emit(ctx, 'account.deleted', { accountId, uri })
  })
