import { Account } from '../accounts/account.model.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { select } from '#platform/select'

/** Finds the account of a group that is hosted here. Throws NotFound when there is none. */
export async function findGroup(ctx: Pick<Ctx, 'tx'>, { groupId }: { groupId: Id }): Promise<Account> {
  const condition = `id = $1 AND kind = 'group' AND domain IS NULL AND gone_at IS NULL AND suspended_at IS NULL`
  const account = await select(ctx, Account, condition, [groupId])
  if (!account) throw new NotFound()
  return account
}
