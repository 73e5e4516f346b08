import { instance } from '#config/instance'
import type { Ctx } from '../ctx.ts'
import { select } from '#platform/select'
import { Account } from './account.model.ts'

const where = { kind: 'application' as const, domain: null, username: instance.domain }

/**
 * The account that this instance itself acts as when it fetches from other servers (federation rule 113). Made when
 * it is asked for the first time; nobody can log in as it, follow it or find it by name.
 */
export async function instanceActor(ctx: Ctx): Promise<Account> {
  const known = await find(ctx)
  if (known) return known
  // Two processes may start at once.
  await Account.bulkCreate([{ ...where, isLocked: true }], {
    transaction: ctx.tx ?? null,
    ignoreDuplicates: true,
  })
  return (await find(ctx))!
}

const find = (ctx: Ctx): Promise<Account | null> =>
  select(ctx, Account, 'kind = $1 AND domain IS NULL AND username = $2', [where.kind, where.username])
