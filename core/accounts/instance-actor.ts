import { instance } from '#config/instance'
import type { Ctx } from '../ctx.ts'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'

const where = { kind: 'application' as const, domain: null, username: instance.domain }

/**
 * The account that this instance itself acts as when it fetches from other servers (federation rule 113). Made when
 * it is asked for the first time; nobody can log in as it, follow it or find it by name.
 */
export const instanceActor = (ctx: Ctx): Promise<Account> =>
  transact(ctx, async ({ tx: transaction }) => {
    const known = await Account.findOne({ where, transaction })
    if (known) return known
    // Two processes may start at once.
    await Account.bulkCreate([{ ...where, isLocked: true }], { transaction, ignoreDuplicates: true })
    return Account.findOne({ where, transaction, rejectOnEmpty: true })
  })
